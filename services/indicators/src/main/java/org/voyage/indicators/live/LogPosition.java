package org.voyage.indicators.live;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** Position in the log up to which it has been read. Immutable. */
public record LogPosition(Map<TopicPartition, PartitionPosition> byPartition) {

    private static final PartitionPosition NOTHING_READ = new PartitionPosition(0, -1);

    public static final LogPosition EMPTY = new LogPosition(Map.of());

    /**
     * @param offset Kafka offset of the next event
     * @param outbox the largest outbox position among the events read, -1 before the first
     */
    public record PartitionPosition(long offset, long outbox) {}

    /** Leaves out partitions without a read event, so that equal positions have equal texts. */
    public LogPosition {
        Map<TopicPartition, PartitionPosition> read = new HashMap<>(byPartition);
        read.values().removeIf(NOTHING_READ::equals);
        byPartition = Map.copyOf(read);
    }

    public PartitionPosition positionOf(TopicPartition partition) {
        return byPartition.getOrDefault(partition, NOTHING_READ);
    }

    public LogPosition advanceTo(Map<TopicPartition, PartitionPosition> newer) {
        Map<TopicPartition, PartitionPosition> map = new HashMap<>(byPartition);
        newer.forEach((partition, position) -> map.merge(
                partition,
                position,
                (a, b) -> new PartitionPosition(Math.max(a.offset, b.offset), Math.max(a.outbox, b.outbox))));
        return new LogPosition(map);
    }

    /** Returns whether this position includes every event before the other one. */
    public boolean includes(LogPosition others) {
        return others.byPartition.entrySet().stream()
                .allMatch(other ->
                        positionOf(other.getKey()).offset() >= other.getValue().offset());
    }

    /** Returns the position for some topics only. */
    public LogPosition restrictTo(Predicate<String> topics) {
        Map<TopicPartition, PartitionPosition> some = new HashMap<>(byPartition);
        some.keySet().removeIf(partition -> !topics.test(partition.topic()));
        return new LogPosition(some);
    }

    /** Returns the Kafka offset of the next event, by partition. */
    public Map<TopicPartition, Long> nextOffsets() {
        Map<TopicPartition, Long> next = new HashMap<>();
        byPartition.forEach((partition, position) -> next.put(partition, position.offset()));
        return next;
    }

    /** Returns the offset of the next event per topic and partition, as responses show it. */
    public Map<String, Map<String, Long>> offsetsByTopic() {
        Map<String, Map<String, Long>> topics = new TreeMap<>();
        byPartition.forEach((partition, position) -> topics.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(String.valueOf(partition.partition()), position.offset()));
        return topics;
    }
}
