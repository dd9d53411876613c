package org.voyage.feeds.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reader of the keys of topics of states. For one thread. */
final class StateTopicReader implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PAGE_MESSAGES = 2_000;
    private static final int FETCH_BYTES = 1024 * 1024;

    private final KafkaConsumer<String, byte[]> consumer;

    /** Offsets of a topic. @param end offset after the last message */
    record TopicBounds(long begin, long end) {}

    /** Keys of some messages. @param next offset of the message after them */
    record KeyPage(Set<String> keys, long next) {}

    StateTopicReader(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "state-topics-reader");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PAGE_MESSAGES);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis() - 1);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    TopicBounds findBounds(String topic) {
        List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
        consumer.assign(partition);
        return new TopicBounds(
                consumer.beginningOffsets(partition).getOrDefault(partition.getFirst(), 0L),
                consumer.endOffsets(partition).getOrDefault(partition.getFirst(), 0L));
    }

    /** Returns the keys of the next messages from an offset to another, which is not included. */
    KeyPage readKeys(String topic, long from, long to) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        while (consumer.position(partition) < to) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("Kafka does not answer with the states of " + topic);
            }
            Set<String> keys = new HashSet<>();
            for (ConsumerRecord<String, byte[]> each : consumer.poll(POLL)) {
                if (each.offset() < to) {
                    keys.add(each.key());
                }
            }
            if (!keys.isEmpty()) {
                return new KeyPage(keys, Math.min(to, consumer.position(partition)));
            }
        }
        return new KeyPage(Set.of(), to);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
