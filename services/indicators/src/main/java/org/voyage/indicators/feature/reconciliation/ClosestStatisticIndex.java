package org.voyage.indicators.feature.reconciliation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.feature.published.PublishedStatistic;

/**
 * Which line another one is compared with, where several sets have the same figure of the same period: the one of its own
 * set, else that of the set that comes last.
 */
final class ClosestStatisticIndex {

    private final Map<String, List<PublishedStatistic>> byPlace = new HashMap<>();

    ClosestStatisticIndex(List<PublishedStatistic> lines) {
        for (PublishedStatistic line : lines) {
            byPlace.computeIfAbsent(placeOf(line.figure(), line.period()), place -> new ArrayList<>())
                    .add(line);
        }
    }

    Optional<PublishedStatistic> findClosest(String figure, String period, PublishedStatistic to) {
        return findAmong(byPlace.getOrDefault(placeOf(figure, period), List.of()), to);
    }

    static Optional<PublishedStatistic> findAmong(List<PublishedStatistic> lines, PublishedStatistic to) {
        return lines.stream()
                .filter(line -> line.setVersion().equals(to.setVersion()))
                .findFirst()
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()));
    }

    static String placeOf(String figure, String period) {
        return figure + "@" + period;
    }
}
