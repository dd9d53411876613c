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
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.Figures;

/**
 * The facts behind one value of a counted figure, or behind its values at each code when another figure looks at it so. A
 * fact without a code is not looked at code by code.
 *
 * @param shown those that the reader may see, by their keys
 * @param hiddenRecords how many others there are
 * @param hiddenAmount what the others add: to a distinct count, the elements that only they have at a place
 */
record Behind(List<Given> shown, int hiddenRecords, long hiddenAmount) {

    private record At(String key, Map<String, String> place) {}

    private record Element(Map<String, String> place, String element) {}

    /** @param province the only one whose facts the reader may see; empty when all */
    static Behind of(Cut cut, Component counted, Figures figures, Optional<String> province) {
        String code = counted.query().indicator().code();
        Tally tally = cut.tally(code);
        Slice slice = figures.slice(cut, counted);
        Map<At, Given> all = new HashMap<>();
        Dictionary elements = tally.element() < 0 ? null : cut.dictionary(tally.field(tally.element()));
        cut.contributions(code, (key, version, at, amount) -> {
            if (slice.holds(at)) {
                Map<String, String> place = figures.place(cut, counted, at);
                if (place.containsValue(Dictionary.ABSENT_TEXT)) {
                    return;
                }
                Given given =
                        all.computeIfAbsent(new At(key, place), fact -> new Given(fact.key(), version, fact.place()));
                if (elements == null) {
                    given.add(amount);
                } else {
                    given.add(elements.text(at[tally.element()]), amount);
                }
            }
        });
        all.values().removeIf(Given::isNothing);
        return province.map(own -> split(all.values(), own + "/"))
                .orElseGet(() -> new Behind(sorted(all.values()), 0, 0));
    }

    private static Behind split(Collection<Given> all, String own) {
        List<Given> shown = new ArrayList<>();
        List<Given> hidden = new ArrayList<>();
        all.forEach(given -> (given.key.startsWith(own) ? shown : hidden).add(given));
        Set<String> records = new HashSet<>();
        Set<Element> elsewhere = new HashSet<>();
        long amount = 0;
        for (Given given : hidden) {
            records.add(given.key);
            given.elements().forEach(element -> elsewhere.add(new Element(given.place, element)));
            amount += given.elements().isEmpty() ? given.amount() : 0;
        }
        shown.forEach(
                given -> given.elements().forEach(element -> elsewhere.remove(new Element(given.place, element))));
        return new Behind(sorted(shown), records.size(), amount + elsewhere.size());
    }

    private static List<Given> sorted(Collection<Given> all) {
        List<Given> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Given::order));
        return sorted;
    }
}
