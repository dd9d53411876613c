package org.voyage.indicators.explanation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Contributions;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.Figures;

/** Is shown what each fact gives, one after the other, and keeps those of one page; of the hidden ones, how much they are. */
final class Gathering implements Contributions {

    private final Cut cut;
    private final Component counted;
    private final Figures figures;
    private final boolean whole;
    private final Slice slice;
    private final int element;
    private final @Nullable Dictionary elements;
    /** What the keys begin with that the reader may see. */
    private final String own;

    private final Behind.Page page;
    /** Those that stand first so far; the last of them is at the head. */
    private final PriorityQueue<Given> first = new PriorityQueue<>(Given.ORDER.reversed());

    /** What the fact gives that is shown just now, by place. */
    private final Map<Map<String, String>, Given> now = new LinkedHashMap<>();

    private String key = "";
    private boolean more;
    private int hiddenRecords;
    private long hiddenAmount;
    private final Set<Element> hidden = new HashSet<>();
    private final Set<Element> seen = new HashSet<>();

    private record Element(Map<String, String> place, String element) {}

    Gathering(Cut cut, Component counted, Figures figures, Optional<String> province, Behind.Page page) {
        this.cut = cut;
        this.counted = counted;
        this.figures = figures;
        this.whole = counted.query().by().isEmpty();
        this.slice = figures.slice(cut, counted);
        Tally tally = cut.tally(counted.query().indicator().code());
        this.element = tally.element();
        this.elements = element < 0 ? null : cut.dictionary(tally.field(element));
        this.own = province.map(code -> code + "/").orElse("");
        this.page = page;
    }

    @Override
    public void cell(String of, int version, int[] at, long amount) {
        if (!slice.holds(at)) {
            return;
        }
        Map<String, String> place = whole ? Map.of() : figures.place(cut, counted, at);
        if (place.containsValue(Dictionary.ABSENT_TEXT)) {
            return;
        }
        if (!of.equals(key)) {
            finish();
            key = of;
        }
        Given given = now.computeIfAbsent(place, its -> new Given(of, version, its));
        if (elements == null) {
            given.add(amount);
        } else {
            given.add(elements.text(at[element]), amount);
        }
    }

    /** The fact is over. */
    private void finish() {
        now.values().removeIf(Given::isNothing);
        if (!now.isEmpty() && key.startsWith(own)) {
            now.values().forEach(this::show);
        } else if (!now.isEmpty()) {
            hiddenRecords++;
            now.values().forEach(this::hide);
        }
        now.clear();
    }

    private void show(Given given) {
        if (!own.isEmpty()) {
            given.elements().forEach(each -> seen.add(new Element(given.place, each)));
        }
        if (page.isOver() || !page.after().map(given::follows).orElse(true)) {
            return;
        }
        if (first.size() < page.size()) {
            first.add(given);
            return;
        }
        more = true;
        if (!first.isEmpty() && Given.ORDER.compare(given, Objects.requireNonNull(first.peek())) < 0) {
            first.remove();
            first.add(given);
        }
    }

    private void hide(Given given) {
        given.elements().forEach(each -> hidden.add(new Element(given.place, each)));
        hiddenAmount += given.elements().isEmpty() ? given.amount() : 0;
    }

    Behind end() {
        finish();
        List<Given> shown = new ArrayList<>(first);
        shown.sort(Given.ORDER);
        hidden.removeAll(seen);
        return new Behind(shown, more, hiddenRecords, hiddenAmount + hidden.size());
    }
}
