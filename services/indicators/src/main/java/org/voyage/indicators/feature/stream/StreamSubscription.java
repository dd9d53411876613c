package org.voyage.indicators.feature.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.YearStateChange;
import org.voyage.indicators.live.LiveFreshness;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.kit.sse.SseConnection;

/**
 * Subscription of one client. The newest value of each slice waits here until the client takes it. A slow client gets
 * fewer changes, no old ones except those in flight, and blocks no other client. A client may disconnect at any time.
 */
final class StreamSubscription {

    /** A client with more waiting messages gets no further ones as they are; see {@link #isBehind}. */
    static final int MAX_WAITING_MESSAGES = 2_000;

    /** One record changes several values. More events in flight would be old before a slow client has them. */
    static final int MAX_IN_FLIGHT = 8;

    private static final int MAX_ROOM_MESSAGES = 100;

    private final SseConnection connection;
    private final BiFunction<StreamMessage, PositionAnswer, OutboundSseEvent> encoding;
    private final LinkedHashMap<Object, StreamMessage> waitingMessages = new LinkedHashMap<>();
    /** All waiting values hold at this position: offers come whole. */
    private PositionAnswer position = new PositionAnswer(Map.of(), Instant.EPOCH);

    private boolean sending;
    private Runnable onRoom = () -> {};

    StreamSubscription(SseConnection connection, BiFunction<StreamMessage, PositionAnswer, OutboundSseEvent> encoding) {
        this.connection = connection;
        this.encoding = encoding;
        connection.notifyOnDrain(this::sendWaiting);
    }

    /** @param callback runs once when the client has left; at once if it has left already */
    void notifyOnEnd(Runnable callback) {
        connection.notifyOnEnd(() -> {
            clearMessages();
            callback.run();
        });
    }

    /** @param callback runs when the client has room for a further portion */
    synchronized void notifyOnRoom(Runnable callback) {
        onRoom = callback;
    }

    /** Offers the messages of one look, all or none of which a client can see before the next look. */
    void offerMessages(PositionAnswer valid, List<StreamMessage> messages) {
        synchronized (this) {
            if (connection.hasEnded()) {
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
        offerSign(new StreamMessage.HeartbeatMessage());
    }

    void offerStanding(LiveFreshness standing) {
        offerSign(new StreamMessage.StandingMessage(standing));
    }

    void offerYearState(YearStateChange moved) {
        offerSign(new StreamMessage.YearStateMessage(moved));
    }

    /** Offers a message that is about no value, so it leaves the position of the waiting values. */
    private void offerSign(StreamMessage sign) {
        synchronized (this) {
            if (!connection.hasEnded()) {
                waitingMessages.put(sign.conflationKey(), sign);
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

    boolean hasEnded() {
        return connection.hasEnded();
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
        return connection.nanosSinceLastSent();
    }

    /** Returns for how long the client has taken nothing although events are on their way to it; 0 without these. */
    long nanosStalled() {
        return connection.nanosStalled();
    }

    /** Ends the stream from the server side. */
    void completeStream() {
        connection.complete();
    }

    /** Ends the stream of a client that has stopped to read: it would not even read the end. */
    void disconnect() {
        connection.disconnect();
    }

    /**
     * Sends the waiting messages in one thread at a time, outside the lock: a sink may write an event before the call
     * returns.
     */
    private void sendWaiting() {
        for (OutgoingMessage next = takeNext(true); next != null; next = takeNext(false)) {
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
        sending = !waitingMessages.isEmpty() && connection.reservePlace();
        if (!sending) {
            return null;
        }
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
        connection.writeReserved(() -> encoding.apply(next.message(), next.position()));
    }
}
