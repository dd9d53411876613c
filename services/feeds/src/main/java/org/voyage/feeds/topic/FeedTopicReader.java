package org.voyage.feeds.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.voyage.feeds.feed.FeedPosition;

/** Reader of the topics of feeds: finds events by their position. For one thread. */
final class FeedTopicReader implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES = 64 * 1024;
    private static final FeedPosition LAST = new FeedPosition(Integer.MAX_VALUE, 0);

    private final KafkaConsumer<byte[], byte[]> consumer;

    FeedTopicReader(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "feed-topics-reader");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIME_LIMIT.toMillis() - 1);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Returns the last event of a topic; empty when it holds none.
     *
     * @param known offset of an event of it, after which the search begins; -1 for none
     */
    Optional<TopicEnd> findEnd(String topic, long known) {
        return findLastUpTo(topic, LAST, known);
    }

    /** Returns the last event of a topic up to a position; empty when there is none. */
    Optional<TopicEnd> findLastUpTo(String topic, FeedPosition position) {
        return findLastUpTo(topic, position, -1);
    }

    private Optional<TopicEnd> findLastUpTo(String topic, FeedPosition position, long known) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (known >= begin && known < end) {
            Optional<TopicEnd> found = searchLast(partition, position, known, end);
            if (found.isPresent()) {
                return found;
            }
        }
        return searchLast(partition, position, begin, end);
    }

    /** Halves the log: its events are in the order of their positions. Markers of transactions have offsets too. */
    private Optional<TopicEnd> searchLast(TopicPartition partition, FeedPosition position, long begin, long end) {
        Optional<TopicEnd> found = Optional.empty();
        long low = begin;
        long high = end;
        long probe = begin;
        while (low < high) {
            Optional<TopicEnd> first = readFirst(partition, probe, end)
                    .filter(each -> each.position().compareTo(position) <= 0);
            if (first.isPresent()) {
                found = first;
                low = first.get().offset() + 1;
            } else {
                high = probe;
            }
            probe = low + (high - low) / 2;
        }
        return found;
    }

    /** Returns the first event at or after an offset; empty when there is none before the end. */
    private Optional<TopicEnd> readFirst(TopicPartition partition, long offset, long end) {
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("Kafka does not answer with the events of " + partition.topic());
            }
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                return Optional.of(new TopicEnd(positionOf(each), each.offset()));
            }
        }
        return Optional.empty();
    }

    private static FeedPosition positionOf(ConsumerRecord<byte[], byte[]> message) {
        Header id = message.headers().lastHeader(FeedTopicWriter.ID_HEADER);
        return Optional.ofNullable(id)
                .flatMap(header -> FeedPosition.parse(new String(header.value(), StandardCharsets.US_ASCII)))
                .orElseThrow(() -> new KafkaException("a foreign message in " + message.topic()));
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }
}
