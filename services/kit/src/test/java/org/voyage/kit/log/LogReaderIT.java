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
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Test of a reader whose stored offsets are those of another log under the same name. */
class LogReaderIT {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final int EVENTS = 200;

    private final String topic = "reader." + UUID.randomUUID();
    private final List<String> keys =
            IntStream.range(0, EVENTS).mapToObj(i -> "12/" + i).toList();

    @BeforeEach
    void fillTopic() throws ExecutionException, InterruptedException {
        LogTopicFixture.fillTopic(topic, keys);
    }

    @Test
    void a_log_that_ends_before_the_stored_offset_is_read_again_as_the_next_generation() {
        requireReadAgain(new StoredLogEnds.StoredLogEnd(100_000, -1));
    }

    /** Kafka was emptied and filled again beyond the stored offset. */
    @Test
    void a_log_with_another_event_before_the_stored_offset_is_read_again_as_the_next_generation() {
        requireReadAgain(new StoredLogEnds.StoredLogEnd(1, 1));
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
                    .allSatisfy(message -> assertThat(LogGeneration.generationOf(message.offset()))
                            .isOne());
            assertThat(reader.endOffsets().values())
                    .allSatisfy(offset ->
                            assertThat(LogGeneration.generationOf(offset)).isOne());
        }
    }
}
