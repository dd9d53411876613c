package org.voyage.indicators.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one client, one event after the other, a few of them on their way at a time, for one record moves several values.
 * That a client breaks off while something is on its way to it is no fault: then nobody watches any more, and that is all.
 */
final class Writing implements Flow.Subscriber<Outgoing> {

    private static final Logger LOG = Logger.getLogger(Writing.class);
    /** More would be old before a slow client has them. */
    private static final int ON_THEIR_WAY = 8;

    private final SseEventSink sink;
    private final Function<Outgoing, OutboundSseEvent> event;
    private Flow.@Nullable Subscription watching;
    private boolean gone;

    Writing(SseEventSink sink, Function<Outgoing, OutboundSseEvent> event) {
        this.sink = sink;
        this.event = event;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        synchronized (this) {
            watching = subscription;
            if (!gone) {
                subscription.request(ON_THEIR_WAY);
                return;
            }
        }
        subscription.cancel();
    }

    @Override
    public void onNext(Outgoing outgoing) {
        OutboundSseEvent next;
        try {
            next = event.apply(outgoing);
        } catch (RuntimeException e) {
            onError(e);
            return;
        }
        CompletionStage<?> written;
        try {
            written = sink.send(next);
        } catch (IllegalStateException closed) {
            leave();
            return;
        }
        written.whenComplete((_, failure) -> {
            if (failure == null) {
                goOn();
            } else {
                LOG.debugf("a client of the stream broke off: %s", failure.getMessage());
                leave();
                sink.close();
            }
        });
    }

    @Override
    public void onComplete() {
        sink.close();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.error("an event of the stream could not be written", failure);
        leave();
        sink.close();
    }

    /** The client is gone. */
    void leave() {
        Flow.Subscription left;
        synchronized (this) {
            gone = true;
            left = watching;
        }
        if (left != null) {
            left.cancel();
        }
    }

    private void goOn() {
        Flow.Subscription going;
        synchronized (this) {
            going = watching;
        }
        if (going != null) {
            going.request(1);
        }
    }
}
