package org.voyage.kit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Test of a reader whose stored offsets are those of another log under the same name. */
class LogReaderIT {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final int EVENTS = 200;

    private final String topic = "reader." + UUID.randomUUID();
    private final List<String> keys =
            IntStream.range(0, EVENTS).mapToObj(i -> "12/" + i).toList();

    @Test
    void a_log_that_ends_before_the_stored_offset_is_read_again_as_the_next_generation() throws Exception {
        LogTopicFixture.fillTopic(topic, keys);
        requireReadAgain(new StoredLogEnds.StoredLogEnd(100_000, -1));
    }

    /** Kafka was emptied and filled again beyond the stored offset. */
    @Test
    void a_log_with_another_event_before_the_stored_offset_is_read_again_as_the_next_generation() throws Exception {
        LogTopicFixture.fillTopic(topic, keys);
        requireReadAgain(new StoredLogEnds.StoredLogEnd(1, 1));
    }

    /** A reader that stopped behind the last event waited for the end, which it never reached. */
    @Test
    void a_reader_reaches_the_end_of_a_log_that_ends_with_an_aborted_transaction() throws Exception {
        LogTopicFixture.fillInTransactions(topic, keys, 2);
        Map<TopicPartition, Long> next = new HashMap<>();
        List<LogMessage> read = new ArrayList<>();
        try (LogReader reader = LogFollowerIT.openReader(topic, _ -> LogReader.FROM_BEGINNING, () -> Map.of())) {
            await().atMost(MAX_WAIT).untilAsserted(() -> {
                LogReader.LogChunk chunk = reader.pollChunk(Duration.ofMillis(100));
                read.addAll(chunk.messages());
                next.putAll(chunk.nextOffsets());
                assertThat(next).hasSize(LogTopicFixture.PARTITIONS).isEqualTo(reader.endOffsets());
            });
            assertThat(read).hasSize(2 * EVENTS);
            assertThat(reader.computeLag()).isZero();
        }
    }

    /** The offset before the stored one belongs to the end of a transaction, and to hundreds of aborted events. */
    @Test
    void a_log_is_recognised_by_its_last_event_before_ends_of_transactions() throws Exception {
        LogTopicFixture.fillInTransactions(topic, keys, 1);
        Map<TopicPartition, Long> ends;
        try (LogReader reader = LogFollowerIT.openReader(topic, _ -> LogReader.FROM_BEGINNING, () -> Map.of())) {
            ends = reader.endOffsets();
        }

        assertThat(findRestarted(ends, LogTopicFixture.FIRST_POSITION)).isEmpty();

        assertThat(findRestarted(ends, LogTopicFixture.FIRST_POSITION + 1)).isEqualTo(ends.keySet());
    }

    private Set<TopicPartition> findRestarted(Map<TopicPartition, Long> next, long lastPosition) {
        Map<TopicPartition, StoredLogEnds.StoredLogEnd> ends = new HashMap<>();
        next.forEach((partition, offset) -> ends.put(partition, new StoredLogEnds.StoredLogEnd(offset, lastPosition)));
        try (LogReader reader = LogFollowerIT.openReader(topic, next::get, () -> ends)) {
            Set<TopicPartition> restarted = new HashSet<>();
            await().atMost(MAX_WAIT).until(() -> {
                restarted.addAll(reader.pollChunk(Duration.ofMillis(10)).restarted());
                return reader.assigned().size() == LogTopicFixture.PARTITIONS;
            });
            return restarted;
        }
    }

    private void requireReadAgain(StoredLogEnds.StoredLogEnd end) {
        Map<TopicPartition, StoredLogEnds.StoredLogEnd> ends = new HashMap<>();
        IntStream.range(0, LogTopicFixture.PARTITIONS)
                .forEach(partition -> ends.put(new TopicPartition(topic, partition), end));
        List<LogMessage> read = new ArrayList<>();
        Set<TopicPartition> restarted = new HashSet<>();
        try (LogReader reader = LogFollowerIT.openReader(topic, _ -> end.nextOffset(), () -> ends)) {
            await().atMost(MAX_WAIT).until(() -> {
                LogReader.LogChunk chunk = reader.pollChunk(Duration.ofMillis(100));
                read.addAll(chunk.messages());
                restarted.addAll(chunk.restarted());
                return read.size() >= EVENTS;
            });
            assertThat(read).extracting(LogMessage::key).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(restarted).isEqualTo(ends.keySet());
            assertThat(read)
                    .allSatisfy(message -> assertThat(PartitionEpoch.generationOf(message.offset()))
                            .isOne());
            assertThat(reader.endOffsets().values())
                    .allSatisfy(offset ->
                            assertThat(PartitionEpoch.generationOf(offset)).isOne());
        }
    }
}
