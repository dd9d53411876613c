package org.voyage.indicators.feature.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/**
 * Subscription of one client. The newest value of each slice waits here until the client takes it. A slow client gets
 * fewer changes, no old ones except those in flight, and blocks no other client. A client may disconnect at any time.
 */
final class StreamSubscription {

    /** A client with more waiting messages gets no further ones as they are; see {@link #isBehind}. */
    static final int MAX_WAITING_MESSAGES = 2_000;

    private static final Logger LOG = Logger.getLogger(StreamSubscription.class);
    /** One record changes several values. More events in flight would be old before a slow client has them. */
    private static final int MAX_IN_FLIGHT = 8;

    private static final int MAX_ROOM_MESSAGES = 100;

    private final SseEventSink sink;
    private final BiFunction<StreamMessage, PositionAnswer, OutboundSseEvent> encoding;
    private final Runnable disconnection;
    private final LinkedHashMap<Object, StreamMessage> waitingMessages = new LinkedHashMap<>();
    /** All waiting values hold at this position: offers come whole. */
    private PositionAnswer position = new PositionAnswer(Map.of(), Instant.EPOCH);

    private int inFlight;
    private boolean sending;
    private boolean ended;
    private @Nullable Runnable onEnd;
    private Runnable onRoom = () -> {};
    private volatile long lastSent = System.nanoTime();
    private volatile long lastTaken = System.nanoTime();

    /** @param disconnection closes the connection of a client that has stopped to read */
    StreamSubscription(
            SseEventSink sink,
            BiFunction<StreamMessage, PositionAnswer, OutboundSseEvent> encoding,
            Runnable disconnection) {
        this.sink = sink;
        this.encoding = encoding;
        this.disconnection = disconnection;
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

    /** @param callback runs when the client has room for a further portion */
    synchronized void notifyOnRoom(Runnable callback) {
        onRoom = callback;
    }

    /** Offers the messages of one look, all or none of which a client can see before the next look. */
    void offerMessages(PositionAnswer valid, List<StreamMessage> messages) {
        synchronized (this) {
            if (ended) {
                return;
            }
            position = valid;
            for (StreamMessage message : messages) {
                StreamMessage older = waitingMessages.remove(message.conflationKey());
                waitingMessages.put(message.conflationKey(), older == null ? message : message.mergeOlder(older));
            }
        }
        sendWaiting();
    }

    void offerHeartbeat() {
        synchronized (this) {
            if (!ended) {
                StreamMessage beat = new StreamMessage.HeartbeatMessage();
                waitingMessages.put(beat.conflationKey(), beat);
            }
        }
        sendWaiting();
    }

    /** Drops the messages that wait. */
    synchronized void clearMessages() {
        waitingMessages.clear();
    }

    synchronized int waitingCount() {
        return waitingMessages.size();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** Returns whether the client has taken most of what was offered. */
    boolean hasRoom() {
        return waitingCount() <= MAX_ROOM_MESSAGES;
    }

    /** Returns whether the client has not taken what was offered before, and more would be too much. */
    boolean isBehind(int more) {
        int waiting = waitingCount();
        return waiting > StreamWatcher.MAX_PORTION_MESSAGES && waiting + more > MAX_WAITING_MESSAGES;
    }

    long nanosSinceLastSent() {
        return System.nanoTime() - lastSent;
    }

    /** Returns for how long the client has taken nothing although events are on their way to it; 0 without these. */
    long nanosStalled() {
        synchronized (this) {
            if (inFlight == 0) {
                return 0;
            }
        }
        return System.nanoTime() - lastTaken;
    }

    /** Ends the stream from the server side. */
    void completeStream() {
        releaseSubscription();
        sink.close();
    }

    /** Ends the stream of a client that has stopped to read: it would not even read the end. */
    void disconnect() {
        completeStream();
        disconnection.run();
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
        for (OutgoingMessage next = takeNext(true); next != null; next = takeNext(false)) {
            lastSent = System.nanoTime();
            write(next);
        }
    }

    private record OutgoingMessage(
            StreamMessage message,
            PositionAnswer position,
            @Nullable Runnable room) {}

    private synchronized @Nullable OutgoingMessage takeNext(boolean begin) {
        if (begin && sending) {
            return null;
        }
        sending = !ended && inFlight < MAX_IN_FLIGHT && !waitingMessages.isEmpty();
        if (!sending) {
            return null;
        }
        if (inFlight == 0) {
            lastTaken = System.nanoTime();
        }
        inFlight++;
        StreamMessage next = waitingMessages.pollFirstEntry().getValue();
        return new OutgoingMessage(
                next,
                position,
                waitingMessages.size() == MAX_ROOM_MESSAGES || waitingMessages.isEmpty() ? onRoom : null);
    }

    private void write(OutgoingMessage next) {
        Runnable room = next.room();
        if (room != null) {
            room.run();
        }
        try {
            sink.send(encoding.apply(next.message(), next.position())).whenComplete((_, failure) -> {
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
        lastTaken = System.nanoTime();
        synchronized (this) {
            inFlight--;
        }
        sendWaiting();
    }
}
