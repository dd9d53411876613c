package org.voyage.indicators.feature.reconciliation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.feature.published.PublishedStatistic;

/**
 * Index that selects the line to compare with when several sets have the same figure of the same period. It prefers the
 * line of the same set, then the line of the last set.
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
