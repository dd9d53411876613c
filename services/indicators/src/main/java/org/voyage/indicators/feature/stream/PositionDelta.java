package org.voyage.indicators.feature.stream;

import java.util.Map;
import java.util.TreeMap;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/**
 * Position delta of one connection. Its first event has the whole position, each further event only the partitions that
 * moved since. A client that merges them has the whole position after every event.
 */
final class PositionDelta {

    private final Map<String, Map<String, Long>> sentPartitions = new TreeMap<>();

    /** Returns the changes since the last call, and records the position as sent. */
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
