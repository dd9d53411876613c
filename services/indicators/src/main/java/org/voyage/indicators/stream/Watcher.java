package org.voyage.indicators.stream;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of the stream. What it has not taken yet waits here, the newest value of each slice only: a slow client
 * sees fewer changes, none that are old but for the few on their way to it, and holds nobody up.
 */
final class Watcher implements Flow.Subscription {

    private final Flow.Subscriber<? super Outgoing> client;
    private final Consumer<Watcher> onEnd;
    private final Map<Object, Outgoing> waiting = new LinkedHashMap<>();
    private long asked;
    private boolean sending;
    private boolean cancelled;
    private volatile long lastSent = System.nanoTime();

    Watcher(Flow.Subscriber<? super Outgoing> client, Consumer<Watcher> onEnd) {
        this.client = client;
        this.onEnd = onEnd;
    }

    void offer(Outgoing event) {
        synchronized (this) {
            if (cancelled) {
                return;
            }
            Outgoing older = waiting.remove(event.key());
            waiting.put(event.key(), older == null ? event : event.after(older));
        }
        send();
    }

    long silentNanos() {
        return System.nanoTime() - lastSent;
    }

    /** Ends it from our side. */
    void complete() {
        if (end()) {
            client.onComplete();
        }
    }

    @Override
    public void request(long n) {
        synchronized (this) {
            asked = asked + n < 0 ? Long.MAX_VALUE : asked + n;
        }
        send();
    }

    @Override
    public void cancel() {
        end();
    }

    /** Whoever ends it, its place is free again. */
    private boolean end() {
        synchronized (this) {
            if (cancelled) {
                return false;
            }
            cancelled = true;
            waiting.clear();
        }
        onEnd.accept(this);
        return true;
    }

    /** One thread sends at a time, outside the lock: a client may ask for more while it is given something. */
    private void send() {
        Outgoing next = take(true);
        while (next != null) {
            lastSent = System.nanoTime();
            client.onNext(next);
            next = take(false);
        }
    }

    private synchronized @Nullable Outgoing take(boolean begin) {
        if (begin && sending) {
            return null;
        }
        sending = false;
        if (cancelled || asked == 0 || waiting.isEmpty()) {
            return null;
        }
        Iterator<Outgoing> first = waiting.values().iterator();
        Outgoing next = first.next();
        first.remove();
        asked--;
        sending = true;
        return next;
    }
}
