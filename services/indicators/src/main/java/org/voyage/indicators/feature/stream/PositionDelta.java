package org.voyage.indicators.feature.stream;

import java.util.Map;
import java.util.TreeMap;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/**
 * What one connection was told of the position: its first event has all of it, each further one only the partitions that
 * moved since. Whoever puts one over the other has the whole position after every event.
 */
final class PositionDelta {

    private final Map<String, Map<String, Long>> sentPartitions = new TreeMap<>();

    /** What is new in a position; it counts as told. */
    PositionAnswer takeChanges(PositionAnswer position) {
        Map<String, Map<String, Long>> news = new TreeMap<>();
        position.topics().forEach((topic, partitions) -> {
            Map<String, Long> known = sentPartitions.computeIfAbsent(topic, key -> new TreeMap<>());
            partitions.forEach((partition, offset) -> {
                if (!offset.equals(known.put(partition, offset))) {
                    news.computeIfAbsent(topic, key -> new TreeMap<>()).put(partition, offset);
                }
            });
        });
        return new PositionAnswer(news, position.time());
    }
}
