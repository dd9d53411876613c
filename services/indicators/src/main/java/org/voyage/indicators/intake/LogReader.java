package org.voyage.indicators.intake;

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
 * Reads the topics from the places it is told, with no group and no offsets in Kafka. Topics that do not exist yet are
 * waited for; new partitions are picked up. Used by one thread.
 */
public final class LogReader implements AutoCloseable {

    /** A start that names no offset means the beginning of what Kafka still has. */
    public static final long FROM_BEGINNING = -1;

    private final KafkaConsumer<String, ByteBuffer> consumer;
    private final Topics topics;
    private final Predicate<TopicPartition> mine;
    private final ToLongFunction<TopicPartition> start;
    private final long discoveryNanos;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private long discoverAt = System.nanoTime();

    /**
     * @param mine the partitions to read
     * @param start the offset to begin at for a partition that was not read yet, or {@link #FROM_BEGINNING}
     */
    public LogReader(
            KafkaConsumer<String, ByteBuffer> consumer,
            Topics topics,
            Predicate<TopicPartition> mine,
            ToLongFunction<TopicPartition> start,
            Duration discovery) {
        this.consumer = consumer;
        this.topics = topics;
        this.mine = mine;
        this.start = start;
        this.discoveryNanos = discovery.toNanos();
    }

    /** What has arrived, in the order of each partition; empty when nothing has within the timeout. */
    public Chunk poll(Duration timeout) {
        discover();
        if (assigned.isEmpty()) {
            return Chunk.EMPTY;
        }
        ConsumerRecords<String, ByteBuffer> records = consumer.poll(timeout);
        List<Delivery> deliveries = new ArrayList<>(records.count());
        Map<TopicPartition, Long> next = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            String record = topics.record(partition.topic());
            records.records(partition).forEach(message -> deliveries.add(Delivery.of(message, record)));
            next.put(partition, consumer.position(partition));
        }
        return new Chunk(deliveries, next);
    }

    /** The offset after the last event of each partition that exists now. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(existing());
    }

    /** The offset of the first event of each partition that Kafka still has. */
    public Map<TopicPartition, Long> beginnings() {
        return consumer.beginningOffsets(existing());
    }

    /** The offset after what was polled; of a partition that is followed. */
    public long next(TopicPartition partition) {
        return consumer.position(partition);
    }

    public Set<TopicPartition> assigned() {
        return Set.copyOf(assigned);
    }

    /** Events that are in Kafka but not read yet, as far as the last poll knows. */
    public long lag() {
        long lag = 0;
        for (TopicPartition partition : assigned) {
            lag += consumer.currentLag(partition).orElse(0L);
        }
        return lag;
    }

    /** May be called by any thread: a poll that waits ends with a WakeupException. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void discover() {
        if (System.nanoTime() - discoverAt < 0) {
            return;
        }
        discoverAt = System.nanoTime() + discoveryNanos;
        List<TopicPartition> added = new ArrayList<>();
        for (TopicPartition partition : existing()) {
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
            long offset = start.applyAsLong(partition);
            consumer.seek(partition, offset == FROM_BEGINNING ? beginnings.getOrDefault(partition, 0L) : offset);
        }
    }

    private List<TopicPartition> existing() {
        Map<String, List<PartitionInfo>> known = consumer.listTopics();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics.names()) {
            for (PartitionInfo info : known.getOrDefault(topic, List.of())) {
                TopicPartition partition = new TopicPartition(topic, info.partition());
                if (mine.test(partition)) {
                    partitions.add(partition);
                }
            }
        }
        return partitions;
    }

    /**
     * What one poll gave.
     *
     * @param next per partition the offset after what is in the chunk
     */
    public record Chunk(List<Delivery> deliveries, Map<TopicPartition, Long> next) {
        static final Chunk EMPTY = new Chunk(List.of(), Map.of());

        public boolean isEmpty() {
            return next.isEmpty();
        }
    }
}
