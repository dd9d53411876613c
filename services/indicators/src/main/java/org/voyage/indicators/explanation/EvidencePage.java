package org.voyage.indicators.explanation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Joined;
import org.voyage.kit.web.Cursor;

/**
 * Some of the facts behind a value: component by component, each in the order of its records.
 *
 * @param more whether others follow
 */
record EvidencePage(List<Shown> shown, boolean more) {

    /** What one fact of a record gives to one component, and the records that it belongs to. */
    record Shown(int component, Given given, String record, List<Joined> joined) {}

    private record Part(int component, Given given) {}

    /** @param after names the moment, and the component and the order of the last fact of the page before */
    static EvidencePage of(Cut cut, List<Facts> behind, @Nullable Cursor after, int size) {
        List<Part> all = new ArrayList<>();
        for (int i = 0; i < behind.size(); i++) {
            for (Given given : behind.get(i).behind().shown()) {
                all.add(new Part(i, given));
            }
        }
        int from = after == null ? 0 : after(all, Math.toIntExact(after.integer(1)), after.text(2));
        return new EvidencePage(
                all.subList(from, Math.min(all.size(), from + size)).stream()
                        .map(part -> shown(cut, behind, part))
                        .toList(),
                from + size < all.size());
    }

    private static Shown shown(Cut cut, List<Facts> behind, Part part) {
        Figure counted = behind.get(part.component()).counted().query().indicator();
        return new Shown(
                part.component(),
                part.given(),
                counted.records().getFirst(),
                cut.joined(counted.code(), part.given().key));
    }

    /** Where the next page begins: at the first that stands after the last one shown. */
    private static int after(List<Part> all, int component, String order) {
        int from = 0;
        int to = all.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            Part part = all.get(middle);
            if (part.component() < component
                    || part.component() == component && part.given().order().compareTo(order) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
