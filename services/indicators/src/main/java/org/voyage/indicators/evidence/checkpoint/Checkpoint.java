package org.voyage.indicators.evidence.checkpoint;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Checkpoint: a point in time with the next offset of each partition. It defines which events were known at that time.
 *
 * @param nextOffsets per partition the offset of the first event that was not yet stored
 */
public record Checkpoint(Instant time, Map<TopicPartition, Long> nextOffsets) {

    public Checkpoint {
        nextOffsets = Map.copyOf(nextOffsets);
    }

    public long nextOffset(TopicPartition partition) {
        return nextOffsets.getOrDefault(partition, 0L);
    }

    /**
     * Parses offsets in the format of {@link #formatOffsets}.
     *
     * @throws IllegalArgumentException when the text has another format
     */
    public static Map<TopicPartition, Long> parseOffsets(String text) {
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

    /** Formats offsets as one text, for a cursor. */
    public static String formatOffsets(Map<TopicPartition, Long> next) {
        return next.entrySet().stream()
                .map(place -> place.getKey().topic() + ":" + place.getKey().partition() + ":" + place.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Returns whether all events before these offsets were known. */
    public boolean includes(Map<TopicPartition, Long> others) {
        return others.entrySet().stream().allMatch(other -> nextOffset(other.getKey()) >= other.getValue());
    }

    /** Returns this checkpoint for some topics only. */
    public Checkpoint restrictTo(Predicate<String> topics) {
        return new Checkpoint(
                time,
                nextOffsets.entrySet().stream()
                        .filter(entry -> topics.test(entry.getKey().topic()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
