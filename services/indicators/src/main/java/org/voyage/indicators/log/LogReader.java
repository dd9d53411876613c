package org.voyage.indicators.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reader of the topics from given offsets, without a consumer group and without offsets in Kafka. It waits for topics
 * that do not exist yet and discovers new partitions. Used by one thread.
 */
public final class LogReader implements AutoCloseable {

    /** Represents the beginning of the data that Kafka still has. */
    public static final long FROM_BEGINNING = -1;

    private final KafkaConsumer<String, ByteBuffer> consumer;
    private final LogTopics topics;
    private final Predicate<TopicPartition> isAssigned;
    private final ToLongFunction<TopicPartition> startOffset;
    private final long discoveryNanos;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private long nextDiscovery = System.nanoTime();

    /**
     * @param mine filter of the partitions to read
     * @param start the first offset for a partition that was not read yet, or {@link #FROM_BEGINNING}
     */
    public LogReader(
            KafkaConsumer<String, ByteBuffer> consumer,
            LogTopics topics,
            Predicate<TopicPartition> mine,
            ToLongFunction<TopicPartition> start,
            Duration discovery) {
        this.consumer = consumer;
        this.topics = topics;
        this.isAssigned = mine;
        this.startOffset = start;
        this.discoveryNanos = discovery.toNanos();
    }

    /** Returns the next events, in the order of each partition; empty when none has arrived within the timeout. */
    public LogChunk pollChunk(Duration timeout) {
        discoverPartitions();
        if (assigned.isEmpty()) {
            return LogChunk.EMPTY;
        }
        ConsumerRecords<String, ByteBuffer> records = consumer.poll(timeout);
        List<LogMessage> deliveries = new ArrayList<>(records.count());
        Map<TopicPartition, Long> next = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            String record = topics.recordOf(partition.topic());
            records.records(partition).forEach(message -> deliveries.add(LogMessage.of(message, record)));
            next.put(partition, consumer.position(partition));
        }
        return new LogChunk(deliveries, next);
    }

    /** Returns the offset after the last event of each existing partition. */
    public Map<TopicPartition, Long> endOffsets() {
        return consumer.endOffsets(existingPartitions());
    }

    /** Returns the offset of the first event of each partition that Kafka still has. */
    public Map<TopicPartition, Long> beginningOffsets() {
        return consumer.beginningOffsets(existingPartitions());
    }

    /** Returns the offset after the last polled event of a followed partition. */
    public long nextOffset(TopicPartition partition) {
        return consumer.position(partition);
    }

    public Set<TopicPartition> assigned() {
        return Set.copyOf(assigned);
    }

    /** Returns the number of events in Kafka that are not read yet, as of the last poll. */
    public long computeLag() {
        long lag = 0;
        for (TopicPartition partition : assigned) {
            lag += consumer.currentLag(partition).orElse(0L);
        }
        return lag;
    }

    /** Interrupts a waiting poll, which throws a WakeupException. Any thread may call this. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void discoverPartitions() {
        if (System.nanoTime() - nextDiscovery < 0) {
            return;
        }
        nextDiscovery = System.nanoTime() + discoveryNanos;
        List<TopicPartition> added = new ArrayList<>();
        for (TopicPartition partition : existingPartitions()) {
            if (assigned.add(partition)) {
                added.add(partition);
            }
        }
        if (added.isEmpty()) {
            return;
        }
        consumer.assign(assigned);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(added);
        for (TopicPartition partition : added) {
            long offset = startOffset.applyAsLong(partition);
            consumer.seek(partition, offset == FROM_BEGINNING ? beginnings.getOrDefault(partition, 0L) : offset);
        }
    }

    private List<TopicPartition> existingPartitions() {
        Map<String, List<PartitionInfo>> known = consumer.listTopics();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics.names()) {
            for (PartitionInfo info : known.getOrDefault(topic, List.of())) {
                TopicPartition partition = new TopicPartition(topic, info.partition());
                if (isAssigned.test(partition)) {
                    partitions.add(partition);
                }
            }
        }
        return partitions;
    }

    /**
     * Chunk of the events of one poll.
     *
     * @param nextOffsets per partition the offset after the events of the chunk
     */
    public record LogChunk(List<LogMessage> messages, Map<TopicPartition, Long> nextOffsets) {
        static final LogChunk EMPTY = new LogChunk(List.of(), Map.of());

        public boolean isEmpty() {
            return nextOffsets.isEmpty();
        }
    }
}
