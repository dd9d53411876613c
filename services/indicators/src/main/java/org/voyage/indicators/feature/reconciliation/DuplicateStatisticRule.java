package org.voyage.indicators.feature.reconciliation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voyage.indicators.feature.published.PublishedStatistic;

/** Rule: sets that publish the same exact figure of the same period must publish the same number. */
final class DuplicateStatisticRule {

    private DuplicateStatisticRule() {}

    static List<Contradiction> findContradictions(List<PublishedStatistic> lines) {
        Map<String, List<PublishedStatistic>> exact = new LinkedHashMap<>();
        for (PublishedStatistic line : lines) {
            // Without a date, the lines may be about different times.
            if (line.isExact() && Character.isDigit(line.period().charAt(0))) {
                exact.computeIfAbsent(
                                ClosestStatisticIndex.placeOf(line.figure(), line.period()), place -> new ArrayList<>())
                        .add(line);
            }
        }
        List<Contradiction> found = new ArrayList<>();
        for (List<PublishedStatistic> same : exact.values()) {
            if (same.stream()
                            .map(line -> line.value().stripTrailingZeros())
                            .distinct()
                            .count()
                    > 1) {
                String values = same.stream()
                        .map(line -> line.value().toPlainString() + " ("
                                + line.setVersion().set() + ")")
                        .collect(Collectors.joining(", "));
                found.add(Contradiction.of(
                        "published-twice", same, "各数据集公布的数值不同：" + values + "。", "The sets differ: " + values + "."));
            }
        }
        return found;
    }
}
