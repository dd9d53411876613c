package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections whose network thread is late. An honest client was answered 408 under load. */
class ConnectionWatchTest {

    private static final ConnectionDeadlines DEADLINES = new ConnectionDeadlines(10, 100, 10, 1, 10);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now = 1;
    private int ended;

    private void endLateConnection() {
        var watch = new ConnectionWatch(() -> now, channel, false);
        channel.pipeline()
                .addFirst(watch)
                .addLast(new HttpRequestDecoder(), new HttpResponseEncoder())
                .addLast("handler", new ChannelInboundHandlerAdapter());
        channel.freezeTime();
        now = 20;
        assertThat(watch.findOverrun(now, DEADLINES)).contains(ConnectionDeadlines.Overrun.HEAD);
        watch.endConnection(ConnectionDeadlines.Overrun.HEAD, () -> ended++);
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
}
