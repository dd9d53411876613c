package org.voyage.kit.sse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Connection to one client of a stream of server-sent events. A limited number of writes is on the way to the client,
 * each of an event or of several encoded ones; the sender writes the next one when one of these has drained. No call
 * waits for the client. A client may disconnect at any time.
 */
public final class SseConnection {

    private static final Logger LOG = Logger.getLogger(SseConnection.class);

    private final SseEventSink sink;
    private final Function<Buffer, CompletionStage<?>> encodedWriter;
    private final int maxInFlight;
    private final Runnable disconnection;
    private int inFlight;
    private boolean ended;
    private final List<Runnable> onEnd = new ArrayList<>(2);
    private Runnable onDrain = () -> {};
    private volatile long lastSent = System.nanoTime();
    private volatile long lastTaken = System.nanoTime();

    /**
     * @param encodedWriter writes encoded events behind those of the sink
     * @param maxInFlight maximum number of writes on the way to the client
     * @param disconnection closes the connection of a client that has stopped to read
     */
    public SseConnection(
            SseEventSink sink,
            Function<Buffer, CompletionStage<?>> encodedWriter,
            int maxInFlight,
            Runnable disconnection) {
        this.sink = sink;
        this.encodedWriter = encodedWriter;
        this.maxInFlight = maxInFlight;
        this.disconnection = disconnection;
    }

    /**
     * Sends the head of the response with a comment, before other writes are possible.
     *
     * @return empty if the client has left already
     */
    public static Optional<SseConnection> open(Sse sse, SseEventSink sink, HttpServerRequest request, int maxInFlight) {
        try {
            sink.send(sse.newEventBuilder().comment("watching").build())
                    .toCompletableFuture()
                    .join();
        } catch (IllegalStateException | CompletionException gone) {
            return Optional.empty();
        }
        SseConnection opened = new SseConnection(
                sink,
                events -> request.response().write(events).toCompletionStage(),
                maxInFlight,
                () -> request.connection().close());
        SseBroadcaster closing = sse.newBroadcaster();
        closing.onClose(_ -> opened.release());
        closing.register(sink);
        return Optional.of(opened);
    }

    /**
     * Adds a callback for the end.
     *
     * @param callback runs once when the client has left; at once if it has left already
     */
    public void notifyOnEnd(Runnable callback) {
        synchronized (this) {
            if (!ended) {
                onEnd.add(callback);
                return;
            }
        }
        callback.run();
    }

    /** @param callback runs each time that the client has taken a write */
    public synchronized void notifyOnDrain(Runnable callback) {
        onDrain = callback;
    }

    /**
     * Reserves the place of one write on the way to the client; {@code writeReserved} must follow.
     *
     * @return false if no place is free or the stream has ended
     */
    public synchronized boolean reservePlace() {
        if (ended || inFlight >= maxInFlight) {
            return false;
        }
        if (inFlight == 0) {
            lastTaken = System.nanoTime();
        }
        inFlight++;
        return true;
    }

    /**
     * Writes an event for which a place is reserved. Call it outside of locks: a sink may write an event before the call
     * returns.
     *
     * @param event encoder of the event; a failure of it ends the stream
     */
    public void writeReserved(Supplier<OutboundSseEvent> event) {
        writeThen(() -> sink.send(event.get()), this::releasePlace);
    }

    /** Writes encoded events as they are, otherwise like an event. Connections may share the bytes, which never change. */
    public void writeReserved(Buffer events) {
        writeThen(() -> encodedWriter.apply(events), this::releasePlace);
    }

    /** Writes the last event, for which a place is reserved, and ends the stream. */
    public void writeLast(Supplier<OutboundSseEvent> event) {
        writeThen(() -> sink.send(event.get()), this::complete);
    }

    private void writeThen(Supplier<CompletionStage<?>> write, Runnable afterwards) {
        lastSent = System.nanoTime();
        try {
            write.get().whenComplete((_, failure) -> {
                if (failure == null) {
                    afterwards.run();
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

    private void releasePlace() {
        Runnable callback;
        lastTaken = System.nanoTime();
        synchronized (this) {
            inFlight--;
            callback = onDrain;
        }
        callback.run();
    }

    public synchronized boolean hasEnded() {
        return ended;
    }

    public long nanosSinceLastSent() {
        return System.nanoTime() - lastSent;
    }

    /** Returns for how long the client has taken nothing although events are on their way to it; 0 without these. */
    public long nanosStalled() {
        synchronized (this) {
            if (inFlight == 0) {
                return 0;
            }
        }
        return System.nanoTime() - lastTaken;
    }

    /** Ends the stream from the server side. */
    public void complete() {
        release();
        sink.close();
    }

    /** Ends the stream of a client that has stopped to read: it would not even read the end. */
    public void disconnect() {
        complete();
        disconnection.run();
    }

    /** Releases the place of a departed client. */
    public void release() {
        List<Runnable> callbacks;
        synchronized (this) {
            ended = true;
            callbacks = List.copyOf(onEnd);
            onEnd.clear();
        }
        callbacks.forEach(Runnable::run);
    }
}
