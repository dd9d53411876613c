package org.voyage.indicators.reconciliation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.published.PublishedLine;

/** Finds what contradicts itself in what is published, by rules that know none of its figures. */
final class Contradictions {

    private Contradictions() {}

    static List<Contradiction> in(List<PublishedLine> lines) {
        Map<String, List<PublishedLine>> series = new LinkedHashMap<>();
        for (PublishedLine line : lines) {
            if (line.period().matches("\\d{4}")) {
                series.computeIfAbsent(line.figure(), name -> new ArrayList<>()).add(line);
            }
        }
        List<Contradiction> found = new ArrayList<>();
        for (List<PublishedLine> one : series.values()) {
            found.addAll(SeriesRules.check(one));
        }
        found.addAll(PartsRule.check(lines));
        found.addAll(DerivationRules.check(lines));
        found.addAll(WholeNumbersRule.check(lines));
        found.addAll(TwiceRule.check(lines));
        return found;
    }
}
