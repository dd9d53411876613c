package org.voyage.indicators.evidence;

import java.time.Instant;
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

    /** The same of some topics only. */
    public Horizon of(Predicate<String> topics) {
        return new Horizon(
                moment,
                next.entrySet().stream()
                        .filter(entry -> topics.test(entry.getKey().topic()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
