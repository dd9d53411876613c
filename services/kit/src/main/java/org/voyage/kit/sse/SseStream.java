package org.voyage.kit.sse;

import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Stream of server-sent events that one thread writes, preferably a virtual one. The thread waits for a client that reads
 * slowly: no event is dropped, and no more than the writes in flight are in memory. The stream ends when the token of the
 * client expires, with an event {@value #END_EVENT}.
 */
public final class SseStream {

    /** Name of the last event of a stream that the server ends; its data name the reason. */
    public static final String END_EVENT = "end";

    private static final String TOKEN_EXPIRED = "token-expired";
    private static final long MAX_WAIT_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Sse sse;
    private final SseConnection connection;
    private final SseTimes times;
    private final Instant expiresAt;
    private final Clock clock;
    private final Semaphore drained = new Semaphore(0);

    /**
     * Times of a stream.
     *
     * @param heartbeat silence after which the stream sends a comment, so that proxies keep the connection
     * @param stalled how long a client may take nothing of what is sent before its connection is closed
     */
    public record SseTimes(Duration heartbeat, Duration stalled) {}

    /** @param expiresAt when the token of the client expires */
    public SseStream(Sse sse, SseConnection connection, SseTimes times, Instant expiresAt, Clock clock) {
        this.sse = sse;
        this.connection = connection;
        this.times = times;
        this.expiresAt = expiresAt;
        this.clock = clock;
        connection.notifyOnDrain(drained::release);
        connection.notifyOnEnd(drained::release);
    }

    /**
     * Writes an event, after a wait for the client if necessary.
     *
     * @return false when the stream has ended; the event was not written
     */
    public boolean writeEvent(Supplier<OutboundSseEvent> event) throws InterruptedException {
        if (endIfExpired() || !awaitPlace()) {
            return false;
        }
        connection.writeReserved(event);
        return true;
    }

    /**
     * Writes encoded events as they are, after a wait for the client if necessary. Streams may share the bytes, which never
     * change.
     *
     * @return false when the stream has ended; the events were not written
     */
    public boolean writeEncoded(Buffer events) throws InterruptedException {
        if (endIfExpired() || !awaitPlace()) {
            return false;
        }
        connection.writeReserved(events);
        return true;
    }

    /**
     * Sends a heartbeat if the stream was silent for long. Call it at least as often as heartbeats are due.
     *
     * @return false when the stream has ended
     */
    public boolean keepAlive() throws InterruptedException {
        if (connection.nanosSinceLastSent() < times.heartbeat().toNanos()) {
            return !endIfExpired() && !connection.hasEnded();
        }
        return writeEvent(() -> sse.newEventBuilder().comment("still here").build());
    }

    /** Ends the stream with an event {@value #END_EVENT}; a client that does not read does not get it. */
    public void endStream(String reason) {
        if (connection.reservePlace()) {
            connection.writeLast(() -> sse.newEventBuilder()
                    .name(END_EVENT)
                    .data("{\"reason\":\"" + reason + "\"}")
                    .build());
        } else {
            connection.disconnect();
        }
    }

    private boolean endIfExpired() {
        if (clock.instant().isBefore(expiresAt)) {
            return false;
        }
        if (!connection.hasEnded()) {
            endStream(TOKEN_EXPIRED);
        }
        return true;
    }

    private boolean awaitPlace() throws InterruptedException {
        while (!connection.reservePlace()) {
            if (connection.hasEnded() || endIfExpired()) {
                return false;
            }
            if (connection.nanosStalled() > times.stalled().toNanos()) {
                connection.disconnect();
                return false;
            }
            if (drained.tryAcquire(Math.min(MAX_WAIT_STEP_NANOS, times.stalled().toNanos()), TimeUnit.NANOSECONDS)) {
                drained.drainPermits();
            }
        }
        return true;
    }
}
