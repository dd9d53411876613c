package org.voyage.indicators.evidence;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What was known at a moment.
 *
 * @param next per partition the offset of the first event that was not held yet
 */
public record Horizon(Instant moment, Map<TopicPartition, Long> next) {

    public Horizon {
        next = Map.copyOf(next);
    }

    public long next(TopicPartition partition) {
        return next.getOrDefault(partition, 0L);
    }

    /**
     * Offsets as {@link #text} writes them.
     *
     * @throws IllegalArgumentException when it has not written this
     */
    public static Map<TopicPartition, Long> read(String text) {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (String place : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            String[] parts = place.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not topic:partition:offset: " + place);
            }
            next.put(new TopicPartition(parts[0], Integer.parseInt(parts[1])), Long.parseLong(parts[2]));
        }
        return next;
    }

    /** Offsets in one text, for a cursor. */
    public static String text(Map<TopicPartition, Long> next) {
        return next.entrySet().stream()
                .map(place -> place.getKey().topic() + ":" + place.getKey().partition() + ":" + place.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Whether all was known that stands before these offsets. */
    public boolean reaches(Map<TopicPartition, Long> others) {
        return others.entrySet().stream().allMatch(other -> next(other.getKey()) >= other.getValue());
    }

    /** The same of some topics only. */
    public Horizon of(Predicate<String> topics) {
        return new Horizon(
                moment,
                next.entrySet().stream()
                        .filter(entry -> topics.test(entry.getKey().topic()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
