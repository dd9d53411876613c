package org.voyage.indicators.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One client of the stream. The newest value of each slice waits here until the client takes it: a slow client sees fewer
 * changes, none that are old but for the few on their way to it, and holds nobody up. A client may break off at any time.
 */
final class Watcher {

    private static final Logger LOG = Logger.getLogger(Watcher.class);
    /** One record moves several values. More events on their way would be old before a slow client has them. */
    private static final int MAX_IN_FLIGHT = 8;

    private final SseEventSink sink;
    private final Function<Outgoing, OutboundSseEvent> encoding;
    private final LinkedHashMap<Object, Outgoing> waiting = new LinkedHashMap<>();
    private int inFlight;
    private boolean sending;
    private boolean ended;
    private @Nullable Runnable onEnd;
    private volatile long lastSent = System.nanoTime();

    Watcher(SseEventSink sink, Function<Outgoing, OutboundSseEvent> encoding) {
        this.sink = sink;
        this.encoding = encoding;
    }

    /** @param callback is run once when the client is gone, at once if it is gone already */
    void notifyOnEnd(Runnable callback) {
        synchronized (this) {
            if (!ended) {
                onEnd = callback;
                return;
            }
        }
        callback.run();
    }

    void offer(Outgoing event) {
        synchronized (this) {
            if (ended) {
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

    /** Ends the stream from the side of the service. */
    void complete() {
        leave();
        sink.close();
    }

    /** Frees the place of a client that is gone. */
    void leave() {
        Runnable callback;
        synchronized (this) {
            ended = true;
            waiting.clear();
            callback = onEnd;
            onEnd = null;
        }
        if (callback != null) {
            callback.run();
        }
    }

    /** One thread sends at a time, outside the lock: an event may be written before the call returns. */
    private void send() {
        for (Outgoing next = take(true); next != null; next = take(false)) {
            lastSent = System.nanoTime();
            write(next);
        }
    }

    private synchronized @Nullable Outgoing take(boolean begin) {
        if (begin && sending) {
            return null;
        }
        sending = !ended && inFlight < MAX_IN_FLIGHT && !waiting.isEmpty();
        if (!sending) {
            return null;
        }
        inFlight++;
        return waiting.pollFirstEntry().getValue();
    }

    private void write(Outgoing next) {
        try {
            sink.send(encoding.apply(next)).whenComplete((_, failure) -> {
                if (failure == null) {
                    goOn();
                } else {
                    LOG.debugf("a client of the stream broke off: %s", failure.getMessage());
                    complete();
                }
            });
        } catch (RuntimeException e) {
            if (!sink.isClosed()) {
                LOG.error("an event of the stream could not be written", e);
            }
            complete();
        }
    }

    private void goOn() {
        synchronized (this) {
            inFlight--;
        }
        send();
    }
}
