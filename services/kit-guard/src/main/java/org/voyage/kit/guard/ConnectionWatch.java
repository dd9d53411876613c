package org.voyage.kit.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.FatalErrorHandler;
import org.voyage.kit.problem.Refusal;

/**
 * Watch over one connection: when its present head began, how fast a body arrives, how fast the client reads. The
 * network thread of the connection writes what happens; {@link ConnectionGuard} looks at it each second. Connections
 * of HTTP/2 have a deadline for their beginning only.
 */
final class ConnectionWatch extends ChannelDuplexHandler {
    private static final String EXCHANGE_HANDLER = "exchange-watch";
    /** Name that Vert.x gives to the last handler of a connection. */
    private static final String VERTX_HANDLER = "handler";

    private static final long NOT_ANNOUNCED = -1;
    /** The memory is released: an announcement would have no confirmation. */
    private static final long RELEASED = -2;

    private static final int MAX_WRITE_BYTES = 32 * 1024;
    /** In this time a late network thread reads the bytes that have arrived. */
    private static final long READ_FIRST_MILLIS = 200;

    private final LongSupplier clock;
    private final Channel channel;
    private final @Nullable Refusal surplus;
    private final HeadByteBudget heads;
    private final Runnable releaseMemory;

    private @Nullable HttpExchangeMonitor exchange;
    private boolean installed;
    /** Bytes that may belong to an unfinished head. */
    private int headBytes;

    /** Direct memory of the unfinished head; only the network thread changes it. */
    private volatile long heldBytes;

    /** Part of it that was announced to be released; negative if nothing was announced. */
    private final AtomicLong announcedBytes = new AtomicLong(NOT_ANNOUNCED);

    /** Moments in nanoseconds of the clock; 0: none. */
    private volatile long headSince;

    private volatile long idleSince;
    private volatile int underWay;
    private volatile boolean bodyOpen;
    private volatile boolean continueAwaited;
    private volatile int requests;
    private volatile long bodyBytes;
    private volatile long writtenBytes;
    private volatile boolean http2;

    /** Measurement of one rate; only the sweep of the guard uses it. */
    private static final class RateWindow {
        private long since;
        private long bytes;
        private int head;

        /** Returns whether fewer bytes than the least rate were moved in the last whole window. */
        boolean isTooSlow(long now, long moved, int serial, ConnectionDeadlines deadlines, long windowNanos) {
            if (since == 0 || serial != head) {
                begin(now, moved, serial);
                return false;
            }
            long lasted = now - since;
            if (lasted < windowNanos) {
                return false;
            }
            boolean slow = moved - bytes < deadlines.leastBytes(lasted);
            begin(now, moved, serial);
            return slow;
        }

        void end() {
            since = 0;
        }

        private void begin(long now, long moved, int serial) {
            since = now;
            bytes = moved;
            head = serial;
        }
    }

    private final RateWindow bodyWindow = new RateWindow();
    private final RateWindow answerWindow = new RateWindow();

    /**
     * Creates a watch over a new connection.
     *
     * @param clock nanoseconds since some moment, never 0
     * @param surplus refusal of all requests but health and metrics; null unless there are too many connections
     * @param heads budget of the memory of unfinished heads
     * @param releaseMemory ends connections that hold much of it
     */
    ConnectionWatch(
            LongSupplier clock,
            Channel channel,
            @Nullable Refusal surplus,
            HeadByteBudget heads,
            Runnable releaseMemory) {
        this.clock = clock;
        this.channel = channel;
        this.surplus = surplus;
        this.heads = heads;
        this.releaseMemory = releaseMemory;
        this.headSince = clock.getAsLong();
        this.idleSince = headSince;
    }

    @Nullable
    Refusal surplusRefusal() {
        return surplus;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!installed) {
            install(context);
        }
        if (underWay == 0 && headSince == 0 && !bodyOpen) {
            headSince = clock.getAsLong();
        }
        if (!bodyOpen && !http2 && message instanceof ByteBuf bytes) {
            headBytes += bytes.readableBytes();
            // A head that comes at once is shorter, and is not counted.
            if (headBytes > HeadByteBudget.LEAST_BUFFER_BYTES && !holdHead(HeadByteBudget.bufferBytes(headBytes))) {
                bytes.release();
                refuseHead(heads.explainExhaustion());
                return;
            }
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        var unused = holdHead(bodyOpen ? 0 : HeadByteBudget.bufferBytes(headBytes));
        context.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        FatalErrorHandler.endWithoutMemory(cause);
        context.fireExceptionCaught(cause);
    }

    /** Returns whether the head may hold so many bytes. */
    private boolean holdHead(long bytes) {
        long more = bytes - heldBytes;
        if (more > 0 && (heads.isExhausted(bytes) || announcedBytes.get() >= 0)) {
            return false;
        }
        if (more != 0) {
            heldBytes = bytes;
            heads.addBytes(more);
        }
        if (more > 0 && heads.isExceeded()) {
            releaseMemory.run();
        }
        return true;
    }

    /** Releases the memory after the decoder has released its buffer. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        heads.addBytes(-heldBytes);
        heldBytes = 0;
        confirmEnd(RELEASED);
    }

    private void confirmEnd(long next) {
        heads.confirmEnd(Math.max(0, announcedBytes.getAndSet(next)));
    }

    private void refuseHead(Refusal reason) {
        @Nullable HttpExchangeMonitor known = exchange;
        if (known == null) {
            channel.close();
        } else {
            known.dismissClient(reason);
        }
    }

    /** Returns the direct memory that an unfinished head holds, in bytes. */
    long heldBytes() {
        return announcedBytes.get() < 0 ? heldBytes : 0;
    }

    /**
     * Announces that the connection ends. Its head may not grow any more. Without effect on a closed connection.
     *
     * @param bytes memory that it held a moment ago
     */
    void announceEnd(long bytes) {
        if (announcedBytes.compareAndSet(NOT_ANNOUNCED, bytes)) {
            heads.announceEnd(bytes);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        writtenBytes += sizeOf(message);
        if (message instanceof ByteBuf bytes) {
            // What is sent of one buffer shows only at its end: a large answer would look as if no client read it.
            while (bytes.readableBytes() > MAX_WRITE_BYTES) {
                context.write(bytes.readRetainedSlice(MAX_WRITE_BYTES));
            }
        }
        context.write(message, promise);
    }

    /** Adds the watch over requests as soon as the protocol of the connection is known. */
    private void install(ChannelHandlerContext context) {
        var pipeline = context.pipeline();
        if (pipeline.get(Http2ConnectionHandler.class) != null) {
            http2 = true;
            headSince = 0;
            headBytes = 0;
            installed = true;
        } else if (pipeline.get(HttpRequestDecoder.class) != null && pipeline.context(VERTX_HANDLER) != null) {
            exchange = new HttpExchangeMonitor(this);
            pipeline.addBefore(VERTX_HANDLER, EXCHANGE_HANDLER, exchange);
            installed = true;
        }
    }

    private static long sizeOf(Object message) {
        return switch (message) {
            case ByteBuf bytes -> bytes.readableBytes();
            case ByteBufHolder holder -> holder.content().readableBytes();
            case FileRegion file -> file.count();
            default -> 0;
        };
    }

    /** @param waitsForContinue whether the client sends its body only when it is asked to */
    void beginRequest(boolean waitsForContinue) {
        headSince = 0;
        headBytes = 0;
        requests++;
        underWay++;
        bodyOpen = true;
        continueAwaited = waitsForContinue;
    }

    void receiveBody(int bytes, boolean last) {
        bodyBytes += bytes;
        if (last) {
            bodyOpen = false;
            headBytes = 0;
        }
    }

    void sendContinue() {
        continueAwaited = false;
    }

    void endAnswer() {
        underWay = Math.max(0, underWay - 1);
        idleSince = clock.getAsLong();
    }

    /** Returns whether all requests have their answers, also one whose body has not come whole. */
    boolean isAnswered() {
        return underWay == 0;
    }

    /** Returns whether no other request of the connection has its answer under way. */
    boolean isOnlyRequest() {
        return underWay <= 1;
    }

    /** Returns why the connection must end; empty if it may go on. */
    Optional<ConnectionDeadlines.Overrun> findOverrun(long now, ConnectionDeadlines deadlines) {
        if (http2) {
            return Optional.empty();
        }
        long head = headSince;
        if (head != 0 && now - head > deadlines.headNanos()) {
            return Optional.of(ConnectionDeadlines.Overrun.HEAD);
        }
        if (head == 0 && underWay == 0 && (!bodyOpen || continueAwaited) && now - idleSince > deadlines.idleNanos()) {
            return Optional.of(ConnectionDeadlines.Overrun.IDLE);
        }
        // A service that does not read for a moment holds back the sender itself.
        if (!bodyOpen || continueAwaited || !channel.config().isAutoRead()) {
            bodyWindow.end();
        } else if (bodyWindow.isTooSlow(now, bodyBytes, requests, deadlines, deadlines.rateWindowNanos())) {
            return Optional.of(ConnectionDeadlines.Overrun.BODY);
        }
        if (channel.isWritable()) {
            answerWindow.end();
        } else if (answerWindow.isTooSlow(now, drainedBytes(), 0, deadlines, deadlines.readNanos())) {
            return Optional.of(ConnectionDeadlines.Overrun.ANSWER);
        }
        return Optional.empty();
    }

    /**
     * Returns since when the connection waits for its client, in nanoseconds of the clock: for the rest of a head, or for
     * the next request. 0 while a request is under way.
     */
    long waitingSince() {
        return http2 || underWay != 0 || bodyOpen ? 0 : headSince != 0 ? headSince : idleSince;
    }

    /** Returns whether the present head is unfinished, or nothing has come yet. */
    boolean isHeadUnfinished() {
        return headSince != 0;
    }

    /**
     * Ends a connection that waits for its client, in favour of others. A request that has come in between goes on.
     *
     * @param reason answer to an unfinished head
     * @param onEnd runs if the connection ends
     * @param onRequest runs if a request goes on
     */
    void endWaiting(Refusal reason, Runnable onEnd, Runnable onRequest) {
        channel.eventLoop().execute(() -> {
            if (headSince != 0 || (headBytes > 0 && !bodyOpen)) {
                onEnd.run();
                refuseHead(reason);
            } else if (waitingSince() != 0) {
                onEnd.run();
                channel.close();
            } else if (channel.isOpen()) {
                confirmEnd(NOT_ANNOUNCED);
                onRequest.run();
            }
        });
    }

    private long drainedBytes() {
        var buffer = channel.unsafe().outboundBuffer();
        return writtenBytes - (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }

    /**
     * Ends the connection, with 408 if the client can still understand it. Bytes that have arrived are read first: under
     * load the network thread may be late, not the client.
     *
     * @param ended runs when the connection is ended
     */
    void endConnection(ConnectionDeadlines.Overrun overrun, ConnectionDeadlines deadlines, Runnable ended) {
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (channel.isOpen() && !hasGoneOn(overrun)) {
                                ended.run();
                                endNow(overrun, deadlines);
                            }
                        },
                        READ_FIRST_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private boolean hasGoneOn(ConnectionDeadlines.Overrun overrun) {
        return switch (overrun) {
            case HEAD -> headSince == 0;
            case BODY -> !bodyOpen;
            case ANSWER -> channel.isWritable();
            case IDLE -> headSince != 0 || underWay != 0;
        };
    }

    private void endNow(ConnectionDeadlines.Overrun overrun, ConnectionDeadlines deadlines) {
        @Nullable HttpExchangeMonitor known = exchange;
        if (known == null || overrun == ConnectionDeadlines.Overrun.IDLE) {
            channel.close();
        } else {
            known.refuseSlowClient(overrun, deadlines);
        }
    }
}
