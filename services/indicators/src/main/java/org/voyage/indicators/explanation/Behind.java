package org.voyage.indicators.explanation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;

/**
 * The facts behind one value.
 *
 * @param shown those that the reader may see, by their keys
 * @param hiddenRecords how many others there are
 * @param hiddenAmount what the others add: to a distinct count, the elements that only they have
 */
record Behind(List<Given> shown, int hiddenRecords, long hiddenAmount) {

    /** @param province the only one whose facts the reader may see; empty when all */
    static Behind of(Cut cut, FigureQuery query, Figures figures, Optional<String> province) {
        String code = query.indicator().code();
        Tally tally = cut.tally(code);
        Slice slice = figures.slice(cut, query);
        Map<String, Given> byKey = new HashMap<>();
        Dictionary elements = tally.element() < 0 ? null : cut.dictionary(tally.field(tally.element()));
        cut.contributions(code, (key, version, at, amount) -> {
            if (slice.holds(at)) {
                Given given = byKey.computeIfAbsent(key, fact -> new Given(fact, version));
                if (elements == null) {
                    given.add(amount);
                } else {
                    given.add(elements.text(at[tally.element()]), amount);
                }
            }
        });
        byKey.values().removeIf(Given::isNothing);
        return province.map(own -> split(byKey, own + "/")).orElseGet(() -> new Behind(sorted(byKey.values()), 0, 0));
    }

    private static Behind split(Map<String, Given> byKey, String own) {
        List<Given> shown = new ArrayList<>();
        List<Given> hidden = new ArrayList<>();
        byKey.values().forEach(given -> (given.key.startsWith(own) ? shown : hidden).add(given));
        Set<String> elsewhere = new HashSet<>();
        long amount = 0;
        for (Given given : hidden) {
            elsewhere.addAll(given.elements());
            amount += given.elements().isEmpty() ? given.amount() : 0;
        }
        shown.forEach(given -> elsewhere.removeAll(given.elements()));
        return new Behind(sorted(shown), hidden.size(), amount + elsewhere.size());
    }

    private static List<Given> sorted(Collection<Given> all) {
        List<Given> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(given -> given.key));
        return sorted;
    }
}
