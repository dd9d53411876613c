package org.voyage.indicators.feature.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voyage.indicators.feature.published.PublishedStatistic;

/**
 * Rule: parts must sum to their whole. A series is part of another when its name is that of the whole with a word
 * before it ({@code curriculum-standards-adopted-abroad} of {@code standards-adopted-abroad}). The rule compares at
 * least two parts, all exact, of the same period.
 */
final class PartsSumToWholeRule {

    private PartsSumToWholeRule() {}

    static List<Contradiction> findContradictions(List<PublishedStatistic> lines) {
        Map<String, List<PublishedStatistic>> byPeriod =
                lines.stream().collect(Collectors.groupingBy(PublishedStatistic::period, Collectors.toList()));
        List<Contradiction> found = new ArrayList<>();
        for (PublishedStatistic whole : lines) {
            List<PublishedStatistic> parts = findParts(whole, byPeriod.getOrDefault(whole.period(), List.of()));
            BigDecimal sum = parts.stream().map(PublishedStatistic::value).reduce(BigDecimal.ZERO, BigDecimal::add);
            if (whole.isExact() && parts.size() > 1 && sum.compareTo(whole.value()) != 0) {
                List<PublishedStatistic> all = new ArrayList<>(List.of(whole));
                all.addAll(parts);
                found.add(Contradiction.of(
                        "parts-against-whole",
                        all,
                        "各部分之和为 " + sum + "，总数却为 " + whole.value() + "，相差 "
                                + whole.value().subtract(sum).abs() + "。",
                        "The parts sum to " + sum + ", the whole is " + whole.value() + ": "
                                + whole.value().subtract(sum).abs() + " apart."));
            }
        }
        return found;
    }

    private static List<PublishedStatistic> findParts(PublishedStatistic whole, List<PublishedStatistic> samePeriod) {
        Map<String, List<PublishedStatistic>> byFigure = new LinkedHashMap<>();
        for (PublishedStatistic line : samePeriod) {
            if (line.figure().endsWith("-" + whole.figure()) && line.unit().equals(whole.unit()) && line.isExact()) {
                byFigure.computeIfAbsent(line.figure(), figure -> new ArrayList<>())
                        .add(line);
            }
        }
        return byFigure.values().stream()
                .flatMap(same -> ClosestStatisticIndex.findAmong(same, whole).stream())
                .toList();
    }
}
