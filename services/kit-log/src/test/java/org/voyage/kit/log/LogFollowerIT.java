package org.voyage.kit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.TestServers;

/** Test of a log follower whose reader is some chunks ahead of the processor. */
class LogFollowerIT {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final int EVENTS = 200;
    private static final int CHUNK_EVENTS = 10;

    private final String topic = "follower." + UUID.randomUUID();
    private final List<String> keys =
            IntStream.range(0, EVENTS).mapToObj(i -> "12/" + i).toList();
    private final FailingLogProcessor work = new FailingLogProcessor();
    private final LogFollower<LogReader.LogChunk> follower =
            new LogFollower<>("test", work, Duration.ofMillis(100), Duration.ofMillis(10), 3);

    @BeforeEach
    void fillTopic() throws ExecutionException, InterruptedException {
        LogTopicFixture.fillTopic(topic, keys);
    }

    @AfterEach
    void stopFollower() {
        follower.stop();
    }

    @Test
    void everything_is_taken_once_and_in_order_though_reading_and_taking_fail() {
        work.failingReads = List.of(4, 9);
        work.failingTakes = List.of(3, 8);

        follower.start();
        await().atMost(MAX_WAIT).until(() -> work.taken.size() >= EVENTS);
        follower.stop();

        assertThat(work.taken).containsExactlyInAnyOrderElementsOf(keys);
        work.offsets.values().forEach(offsets -> assertThat(offsets).isSorted());
    }

    /** An Error would end the thread for good, and nothing more would be counted or stored. */
    @Test
    void an_error_does_not_end_the_follower() {
        work.failingReads = List.of(4);
        work.failingTakes = List.of(3);
        work.failure = () -> {
            throw new StackOverflowError("planted");
        };

        follower.start();
        await().atMost(MAX_WAIT).until(() -> work.taken.size() >= EVENTS);

        assertThat(work.taken).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(follower.hasEnded()).isFalse();
    }

    /** Each further read may wait for Kafka as long as the failed one, and a stop waits for all of them. */
    @Test
    void nothing_is_read_after_what_failed() {
        work.failingReads = List.of(4);
        work.slow = true;

        follower.start();
        await().atMost(MAX_WAIT).until(() -> work.taken.size() >= EVENTS);

        assertThat(work.readsOfFirst).isEqualTo(4);
    }

    @Test
    void the_lag_counts_the_chunk_that_is_being_applied() {
        CountDownLatch applied = new CountDownLatch(1);
        work.beforeTake = () -> awaitLatch(applied);

        follower.start();
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(follower.lag()).hasValue(EVENTS));

        applied.countDown();
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(follower.lag()).hasValue(0));
    }

    /** An old lag of 0 would hide that nothing is applied any more. */
    @Test
    void the_lag_is_unknown_from_a_failure_until_a_chunk_is_applied() {
        follower.start();
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(follower.lag()).hasValue(0));

        AtomicBoolean failing = new AtomicBoolean(true);
        CountDownLatch failed = new CountDownLatch(3);
        work.beforeTake = () -> {
            if (failing.get()) {
                failed.countDown();
                throw new IllegalStateException("planted");
            }
        };
        awaitLatch(failed);
        assertThat(follower.lag()).isEmpty();
        assertThat(follower.readLagGauge()).isNaN();

        failing.set(false);
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(follower.lag()).hasValue(0));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens a reader of one topic with small chunks. */
    static LogReader openReader(String topic, ToLongFunction<TopicPartition> start, StoredLogEnds stored) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestServers.bootstrapServers(),
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "none",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                CHUNK_EVENTS);
        return new LogReader(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteBufferDeserializer()),
                new LogTopics(List.of(topic)),
                _ -> true,
                start,
                stored,
                Duration.ofSeconds(1));
    }

    private final class FailingLogProcessor implements LogFollower.LogProcessor<LogReader.LogChunk> {
        private volatile List<Integer> failingReads = List.of();
        private volatile List<Integer> failingTakes = List.of();
        private volatile Runnable failure = () -> {
            throw new IllegalStateException("planted");
        };
        private volatile Runnable beforeTake = () -> {};
        /** Whether the second chunk is applied so slowly that the reader is as far ahead as it may be. */
        private volatile boolean slow;

        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final Map<TopicPartition, List<Long>> offsets = new ConcurrentHashMap<>();
        private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
        private int opened;
        private int reads;
        private int takes;
        private volatile int readsOfFirst;

        @Override
        public LogReader openReader() {
            opened++;
            return LogFollowerIT.openReader(
                    topic, partition -> next.getOrDefault(partition, LogReader.FROM_BEGINNING), Map::of);
        }

        @Override
        public LogReader.LogChunk processChunk(LogReader.LogChunk chunk, LogReader reader) {
            reads++;
            if (opened == 1) {
                readsOfFirst = reads;
            }
            if (failingReads.contains(reads)) {
                failure.run();
            }
            return chunk;
        }

        @Override
        public void applyChunk(LogReader.LogChunk chunk) {
            takes++;
            beforeTake.run();
            if (slow && takes == 2) {
                await().atMost(MAX_WAIT).pollDelay(Duration.ofMillis(300)).until(() -> readsOfFirst >= 4);
            }
            if (failingTakes.contains(takes)) {
                failure.run();
            }
            for (LogMessage message : chunk.messages()) {
                taken.add(String.valueOf(message.key()));
                offsets.computeIfAbsent(
                                new TopicPartition(message.topic(), message.partition()), _ -> new ArrayList<>())
                        .add(message.offset());
            }
            next.putAll(chunk.nextOffsets());
        }
    }
}
