package org.voyage.indicators.live;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** How far the log has been read. Immutable. */
public record Positions(Map<TopicPartition, Position> byPartition) {

    private static final Position BEGINNING = new Position(0, -1);

    public static final Positions START = new Positions(Map.of());

    /**
     * @param offset Kafka offset of the next event
     * @param outbox the largest outbox position among the events read, -1 before the first
     */
    public record Position(long offset, long outbox) {}

    /** A partition of which nothing was read is not there, whoever looked at it: equal positions are equal texts. */
    public Positions {
        Map<TopicPartition, Position> read = new HashMap<>(byPartition);
        read.values().removeIf(BEGINNING::equals);
        byPartition = Map.copyOf(read);
    }

    public Position at(TopicPartition partition) {
        return byPartition.getOrDefault(partition, BEGINNING);
    }

    public Positions with(Map<TopicPartition, Position> newer) {
        Map<TopicPartition, Position> map = new HashMap<>(byPartition);
        newer.forEach((partition, position) -> map.merge(
                partition,
                position,
                (a, b) -> new Position(Math.max(a.offset, b.offset), Math.max(a.outbox, b.outbox))));
        return new Positions(map);
    }

    /** Whether everything that was read there was read here. */
    public boolean reach(Positions others) {
        return others.byPartition.entrySet().stream()
                .allMatch(
                        other -> at(other.getKey()).offset() >= other.getValue().offset());
    }

    /** The same of some topics only. */
    public Positions of(Predicate<String> topics) {
        Map<TopicPartition, Position> some = new HashMap<>(byPartition);
        some.keySet().removeIf(partition -> !topics.test(partition.topic()));
        return new Positions(some);
    }

    /** Kafka offset of the next event, by partition. */
    public Map<TopicPartition, Long> next() {
        Map<TopicPartition, Long> next = new HashMap<>();
        byPartition.forEach((partition, position) -> next.put(partition, position.offset()));
        return next;
    }

    /** Per topic and partition the offset of the next event: what stands in an answer. */
    public Map<String, Map<String, Long>> offsets() {
        Map<String, Map<String, Long>> topics = new TreeMap<>();
        byPartition.forEach((partition, position) -> topics.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(String.valueOf(partition.partition()), position.offset()));
        return topics;
    }
}
