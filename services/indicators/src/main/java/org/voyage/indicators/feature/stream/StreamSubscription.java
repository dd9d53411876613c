package org.voyage.indicators.feature.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Subscription of one client. The newest value of each slice waits here until the client takes it. A slow client gets
 * fewer changes, no old ones except those in flight, and blocks no other client. A client may disconnect at any time.
 */
final class StreamSubscription {

    private static final Logger LOG = Logger.getLogger(StreamSubscription.class);
    /** One record changes several values. More events in flight would be old before a slow client has them. */
    private static final int MAX_IN_FLIGHT = 8;

    private final SseEventSink sink;
    private final Function<StreamMessage, OutboundSseEvent> encoding;
    private final LinkedHashMap<Object, StreamMessage> waitingMessages = new LinkedHashMap<>();
    private int inFlight;
    private boolean sending;
    private boolean ended;
    private @Nullable Runnable onEnd;
    private volatile long lastSent = System.nanoTime();

    StreamSubscription(SseEventSink sink, Function<StreamMessage, OutboundSseEvent> encoding) {
        this.sink = sink;
        this.encoding = encoding;
    }

    /** @param callback runs once when the client has left; at once if it has left already */
    void notifyOnEnd(Runnable callback) {
        synchronized (this) {
            if (!ended) {
                onEnd = callback;
                return;
            }
        }
        callback.run();
    }

    void offerMessage(StreamMessage event) {
        synchronized (this) {
            if (ended) {
                return;
            }
            StreamMessage older = waitingMessages.remove(event.conflationKey());
            waitingMessages.put(event.conflationKey(), older == null ? event : event.mergeOlder(older));
        }
        sendWaiting();
    }

    long nanosSinceLastSent() {
        return System.nanoTime() - lastSent;
    }

    /** Ends the stream from the server side. */
    void completeStream() {
        releaseSubscription();
        sink.close();
    }

    /** Releases the place of a departed client. */
    void releaseSubscription() {
        Runnable callback;
        synchronized (this) {
            ended = true;
            waitingMessages.clear();
            callback = onEnd;
            onEnd = null;
        }
        if (callback != null) {
            callback.run();
        }
    }

    /**
     * Sends the waiting messages in one thread at a time, outside the lock: a sink may write an event before the call
     * returns.
     */
    private void sendWaiting() {
        for (StreamMessage next = takeNext(true); next != null; next = takeNext(false)) {
            lastSent = System.nanoTime();
            write(next);
        }
    }

    private synchronized @Nullable StreamMessage takeNext(boolean begin) {
        if (begin && sending) {
            return null;
        }
        sending = !ended && inFlight < MAX_IN_FLIGHT && !waitingMessages.isEmpty();
        if (!sending) {
            return null;
        }
        inFlight++;
        return waitingMessages.pollFirstEntry().getValue();
    }

    private void write(StreamMessage next) {
        try {
            sink.send(encoding.apply(next)).whenComplete((_, failure) -> {
                if (failure == null) {
                    sendNextAfterWrite();
                } else {
                    LOG.debugf("a client of the stream broke off: %s", failure.getMessage());
                    completeStream();
                }
            });
        } catch (RuntimeException e) {
            if (!sink.isClosed()) {
                LOG.error("an event of the stream could not be written", e);
            }
            completeStream();
        }
    }

    private void sendNextAfterWrite() {
        synchronized (this) {
            inFlight--;
        }
        sendWaiting();
    }
}
