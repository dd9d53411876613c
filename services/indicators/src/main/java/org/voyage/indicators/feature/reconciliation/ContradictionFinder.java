package org.voyage.indicators.feature.reconciliation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.feature.published.PublishedStatistic;

/** Finder of contradictions among published statistics. Its rules know no figure by name. */
final class ContradictionFinder {

    private ContradictionFinder() {}

    static List<Contradiction> findAll(List<PublishedStatistic> lines) {
        Map<String, List<PublishedStatistic>> series = new LinkedHashMap<>();
        for (PublishedStatistic line : lines) {
            if (line.period().matches("\\d{4}")) {
                series.computeIfAbsent(line.figure(), name -> new ArrayList<>()).add(line);
            }
        }
        List<Contradiction> found = new ArrayList<>();
        for (List<PublishedStatistic> one : series.values()) {
            found.addAll(SeriesConsistencyRule.findContradictions(one));
        }
        found.addAll(PartsSumToWholeRule.findContradictions(lines));
        found.addAll(DerivedStatisticRule.findContradictions(lines));
        found.addAll(IntegralBaseCountRule.findContradictions(lines));
        found.addAll(DuplicateStatisticRule.findContradictions(lines));
        return found;
    }
}
