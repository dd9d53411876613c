package org.voyage.kit.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Test of a stream whose client takes events when the test says so. */
class SseStreamTest {

    private static final int MAX_IN_FLIGHT = 4;
    private static final int EVENTS = 50;
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
    private static final Duration LONG = Duration.ofHours(1);

    private final Sse sse = new SseImpl();
    private final ManualSink sink = new ManualSink();
    private final AtomicInteger disconnections = new AtomicInteger();
    private final SseConnection connection = new SseConnection(
            sink,
            encoded -> sink.send(sse.newEvent(encoded.toString())),
            MAX_IN_FLIGHT,
            disconnections::incrementAndGet);

    private SseStream createStream(Duration heartbeat, Duration stalled, Instant expiresAt) {
        return new SseStream(
                sse,
                connection,
                new SseStream.SseTimes(heartbeat, stalled),
                expiresAt,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private OutboundSseEvent createEvent(int number) {
        return sse.newEvent("e" + number);
    }

    @Test
    void a_slow_client_gets_every_event_in_order_and_holds_few_of_them() throws InterruptedException {
        SseStream stream = createStream(LONG, LONG, NOW.plus(LONG));
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < EVENTS; i++) {
                int number = i;
                try {
                    assertThat(
                                    number % 2 == 0
                                            ? stream.writeEvent(() -> createEvent(number))
                                            : stream.writeEncoded(Buffer.buffer("e" + number)))
                            .isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });

        while (sink.taken.size() < EVENTS) {
            await().until(() -> !sink.onTheWay.isEmpty());
            assertThat(sink.onTheWay).hasSizeLessThanOrEqualTo(MAX_IN_FLIGHT);
            sink.takeNext();
        }
        writer.join();

        assertThat(sink.taken)
                .containsExactlyElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void a_client_that_has_stopped_to_read_is_disconnected() throws InterruptedException {
        SseStream stream = createStream(LONG, Duration.ofMillis(50), NOW.plus(LONG));
        for (int i = 0; i < MAX_IN_FLIGHT; i++) {
            assertThat(stream.writeEvent(() -> createEvent(0))).isTrue();
        }

        assertThat(stream.writeEvent(() -> createEvent(1))).isFalse();

        assertThat(disconnections).hasValue(1);
        assertThat(stream.keepAlive()).isFalse();
    }

    @Test
    void a_stream_ends_with_the_token_and_says_so() throws InterruptedException {
        AtomicInteger ends = new AtomicInteger();
        SseStream stream = createStream(LONG, LONG, NOW);
        connection.notifyOnEnd(ends::incrementAndGet);

        assertThat(stream.writeEvent(() -> createEvent(0))).isFalse();
        assertThat(sink.onTheWay).hasSize(1);
        assertThat(ends).hasValue(0);
        sink.takeNext();

        assertThat(sink.names).containsExactly(SseStream.END_EVENT);
        assertThat(ends).hasValue(1);
        assertThat(sink.closed).isTrue();
    }

    @Test
    void a_silent_stream_sends_heartbeats_and_a_busy_one_none() throws InterruptedException {
        SseStream busy = createStream(LONG, LONG, NOW.plus(LONG));
        assertThat(busy.keepAlive()).isTrue();
        assertThat(sink.onTheWay).isEmpty();
        SseStream silent = createStream(Duration.ZERO, LONG, NOW.plus(LONG));

        assertThat(silent.keepAlive()).isTrue();

        assertThat(sink.onTheWay).hasSize(1);
    }

    @Test
    void a_client_that_has_left_ends_the_stream() throws InterruptedException {
        SseStream stream = createStream(LONG, LONG, NOW.plus(LONG));

        connection.release();

        assertThat(stream.writeEvent(() -> createEvent(0))).isFalse();
        assertThat(sink.onTheWay).isEmpty();
    }

    private record EventOnTheWay(OutboundSseEvent event, CompletableFuture<@Nullable Object> write) {}

    /** Sink that writes an event when the test says so. */
    private static final class ManualSink implements SseEventSink {
        private final Queue<EventOnTheWay> onTheWay = new ConcurrentLinkedQueue<>();
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final List<String> names = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        void takeNext() {
            EventOnTheWay next = onTheWay.remove();
            taken.add(String.valueOf(next.event().getData()));
            names.add(String.valueOf(next.event().getName()));
            next.write().complete(null);
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            EventOnTheWay written = new EventOnTheWay(event, new CompletableFuture<>());
            onTheWay.add(written);
            return written.write();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
