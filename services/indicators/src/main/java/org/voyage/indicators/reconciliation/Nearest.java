package org.voyage.indicators.reconciliation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.published.PublishedLine;

/**
 * Which line another one is compared with, where several sets have the same figure of the same period: the one of its own
 * set, else that of the set that comes last.
 */
final class Nearest {

    private final Map<String, List<PublishedLine>> byPlace = new HashMap<>();

    Nearest(List<PublishedLine> lines) {
        for (PublishedLine line : lines) {
            byPlace.computeIfAbsent(place(line.figure(), line.period()), place -> new ArrayList<>())
                    .add(line);
        }
    }

    Optional<PublishedLine> find(String figure, String period, PublishedLine to) {
        return among(byPlace.getOrDefault(place(figure, period), List.of()), to);
    }

    static Optional<PublishedLine> among(List<PublishedLine> lines, PublishedLine to) {
        return lines.stream()
                .filter(line -> line.of().equals(to.of()))
                .findFirst()
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()));
    }

    static String place(String figure, String period) {
        return figure + "@" + period;
    }
}
