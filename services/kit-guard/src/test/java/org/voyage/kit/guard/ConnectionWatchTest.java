package org.voyage.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.voyage.kit.problem.Refusal;

/** Connections whose network thread is late. An honest client was answered 408 under load. */
class ConnectionWatchTest {

    private static final ConnectionDeadlines DEADLINES = new ConnectionDeadlines(10, 100, 10, 1, 10);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now = 1;
    private int ended;
    private int resumed;

    private void endLateConnection() {
        var watch = new ConnectionWatch(() -> now, channel, null, new HeadByteBudget(), () -> {});
        addWatch(watch);
        channel.freezeTime();
        now = 20;
        assertThat(watch.findOverrun(now, DEADLINES)).contains(ConnectionDeadlines.Overrun.HEAD);
        watch.endConnection(ConnectionDeadlines.Overrun.HEAD, DEADLINES, () -> ended++);
    }

    private void runTasks() {
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    @Test
    void a_head_that_the_network_thread_reads_late_is_served() {
        endLateConnection();
        channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: x\r\n\r\n", StandardCharsets.US_ASCII));

        runTasks();

        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(ended).isZero();
    }

    @Test
    void a_connection_without_a_head_ends() {
        endLateConnection();

        runTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(ended).isOne();
    }

    /** Some thousand connections with 60 KB of a request line used up the memory of the network. */
    @Test
    void an_unfinished_head_that_finds_no_memory_is_refused_and_its_memory_is_free() {
        var heads = new HeadByteBudget(1_000);
        var watch = new ConnectionWatch(() -> now, channel, null, heads, () -> ended++);
        addWatch(watch);
        channel.writeInbound(Unpooled.copiedBuffer("GET /" + "x".repeat(3_000), StandardCharsets.US_ASCII));
        assertThat(watch.heldBytes()).isEqualTo(4_096);
        assertThat(ended).isOne();

        channel.writeInbound(Unpooled.copiedBuffer("x".repeat(3_000), StandardCharsets.US_ASCII));

        assertThat(channel.isOpen()).isFalse();
        ByteBuf answer = channel.readOutbound();
        assertThat(answer.toString(StandardCharsets.UTF_8)).startsWith("HTTP/1.1 503 ");
        answer.release();
        assertThat(heads.isExceeded()).isFalse();
    }

    @Test
    void a_head_that_is_complete_holds_no_memory() {
        var heads = new HeadByteBudget(1_000);
        var watch = new ConnectionWatch(() -> now, channel, null, heads, () -> ended++);
        addWatch(watch);

        channel.writeInbound(Unpooled.copiedBuffer(
                "GET /" + "x".repeat(3_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", StandardCharsets.US_ASCII));

        assertThat(watch.heldBytes()).isZero();
        assertThat(heads.isExceeded()).isFalse();
    }

    @Test
    void a_connection_with_a_new_request_is_not_ended_in_favour_of_others_and_counts_again() {
        var heads = new HeadByteBudget(1_000);
        var watch = new ConnectionWatch(() -> now, channel, null, heads, () -> {});
        addWatch(watch);
        channel.writeInbound(Unpooled.copiedBuffer("GET /" + "x".repeat(3_000), StandardCharsets.US_ASCII));
        watch.announceEnd(watch.heldBytes());
        channel.writeInbound(Unpooled.copiedBuffer(" HTTP/1.1\r\nHost: x\r\n\r\n", StandardCharsets.US_ASCII));

        watch.endWaiting(new Refusal.Unavailable(1), () -> ended++, () -> resumed++);
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isTrue();
        assertThat(ended).isZero();
        assertThat(resumed).isOne();
        assertThat(heads.excessBytes()).isNegative();
    }

    @Test
    void an_end_that_is_announced_while_the_connection_closes_leaves_nothing_behind() {
        var heads = new HeadByteBudget(1_000);
        long free = heads.excessBytes();
        var watch = new ConnectionWatch(() -> now, channel, null, heads, () -> {});
        addWatch(watch);
        channel.writeInbound(Unpooled.copiedBuffer("GET /" + "x".repeat(3_000), StandardCharsets.US_ASCII));
        long held = watch.heldBytes();
        assertThat(held).isPositive();

        channel.close().syncUninterruptibly();
        watch.announceEnd(held);

        assertThat(heads.excessBytes()).isEqualTo(free);
    }

    @Test
    void a_head_with_the_cookies_of_a_session_finds_memory_where_a_longer_one_finds_none() {
        int limit = 100_000;
        var heads = new HeadByteBudget(limit);
        // Of other connections, whose network threads have not released it yet.
        heads.addBytes(2 * limit + 1);
        var watch = new ConnectionWatch(() -> now, channel, null, heads, () -> {});
        addWatch(watch);
        var part = "GET / HTTP/1.1\r\nCookie: a=" + "x".repeat(7_000);

        channel.writeInbound(Unpooled.copiedBuffer(part, StandardCharsets.US_ASCII));
        channel.writeInbound(Unpooled.copiedBuffer("x".repeat(7_000), StandardCharsets.US_ASCII));
        assertThat(channel.isOpen()).isTrue();
        channel.writeInbound(Unpooled.copiedBuffer("x".repeat(7_000), StandardCharsets.US_ASCII));

        assertThat(channel.isOpen()).isFalse();
        ByteBuf answer = channel.readOutbound();
        assertThat(answer.toString(StandardCharsets.UTF_8)).startsWith("HTTP/1.1 503 ");
        answer.release();
        assertThat(watch.heldBytes()).isZero();
    }

    private void addWatch(ConnectionWatch watch) {
        channel.pipeline()
                .addFirst(watch)
                .addLast(new HttpRequestDecoder(8_192, 32_768, 8_192), new HttpResponseEncoder())
                .addLast("handler", new ChannelInboundHandlerAdapter());
    }
}
