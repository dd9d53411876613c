package org.voyage.indicators.stream;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.CellCodes;
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.stream.Touches.Touch;

/** Which event moved which slice, from the cells that moved since somebody last looked. */
final class Causes {

    private final Map<String, Touches> touches;
    private final Geography geography;
    private final Figures figures;

    /** @param touches by counted figure */
    Causes(Map<String, Touches> touches, Geography geography, Figures figures) {
        this.touches = touches;
        this.geography = geography;
        this.figures = figures;
    }

    /** The last cause of each of these slices; one that no remembered event moved has none. */
    Map<Map<String, String>, Cause> of(Cut cut, FigureQuery query, Set<Map<String, String>> slices) {
        Map<Map<String, String>, Cause> causes = new HashMap<>();
        if (query.indicator() instanceof Derived || !query.countedBy().isEmpty()) {
            slices.forEach(slice -> oneByOne(cut, query, slice).ifPresent(cause -> causes.put(slice, cause)));
            return causes;
        }
        CellCodes codes = new CellCodes(cut, cut.tally(query.indicator().code()), geography);
        Slice total = figures.slice(cut, figures.behind(query.split(List.of())).getFirst());
        Touches its = touches.get(query.indicator().code());
        if (its == null) {
            return causes;
        }
        for (Touches.Events events = new Touches.Events(its.all()); events.hasNext(); ) {
            Map<Counted, Long> moved = new HashMap<>();
            List<Touch> event = events.next();
            for (Touch touch : event) {
                if (total.knows(touch.at()) && total.holds(touch.at())) {
                    moved.merge(
                            new Counted(slice(codes, query, touch), its.element(touch.at())),
                            touch.amount(),
                            Long::sum);
                }
            }
            moved.forEach((counted, amount) -> {
                if (amount != 0) {
                    causes.putIfAbsent(counted.slice(), event.getFirst().cause());
                }
            });
        }
        return causes;
    }

    /** @param element what is counted once; 0 in a figure that adds up */
    private record Counted(Map<String, String> slice, int element) {}

    /** The last event that moved a cell of any of the counted figures behind the value, as the value looks at them. */
    private Optional<Cause> oneByOne(Cut cut, FigureQuery query, Map<String, String> slice) {
        boolean sums = looksAtSums(query.indicator());
        return figures.behind(one(query, slice)).stream()
                .flatMap(component -> last(cut, component, sums).stream())
                .max(Comparator.comparingLong(Touch::number))
                .map(Touch::cause);
    }

    /** Whether it moves only with what its components are in all, and not when something goes from one code to another. */
    private static boolean looksAtSums(Figure figure) {
        return !(figure instanceof Derived derived)
                || !(derived.rule() instanceof Rule.OfEach)
                        && derived.rule().operands().stream().allMatch(Causes::looksAtSums);
    }

    private Optional<Touch> last(Cut cut, Component component, boolean sums) {
        Touches its = touches.get(component.query().indicator().code());
        if (its == null) {
            return Optional.empty();
        }
        Slice slice = figures.slice(cut, component);
        for (Touches.Events events = new Touches.Events(its.all()); events.hasNext(); ) {
            List<Touch> event = events.next();
            Map<Object, Long> moved = new HashMap<>();
            for (Touch touch : event) {
                int[] at = touch.at();
                if (slice.knows(at) && slice.holds(at)) {
                    moved.merge(sums ? (Object) its.element(at) : IntBuffer.wrap(at), touch.amount(), Long::sum);
                }
            }
            if (moved.values().stream().anyMatch(amount -> amount != 0)) {
                return Optional.of(event.getLast());
            }
        }
        return Optional.empty();
    }

    /** The question for the value of one slice alone. */
    private static FigureQuery one(FigureQuery query, Map<String, String> slice) {
        Map<String, Set<String>> filters = new LinkedHashMap<>(query.filters());
        List<ListMoment> lists = new ArrayList<>(query.lists());
        for (By by : query.by()) {
            String code = slice.getOrDefault(by.name(), Dictionary.ABSENT_TEXT);
            switch (by) {
                case By.Dimension dimension -> filters.put(dimension.name(), Set.of(code));
                case By.Membership membership -> lists.add(membership.list().of(code.equals(membership.code(true))));
                case By.Year _ -> throw new IllegalArgumentException("a stream is about one period");
            }
        }
        return new FigureQuery(query.indicator(), List.of(), filters, lists, query.period());
    }

    private static Map<String, String> slice(CellCodes codes, FigureQuery query, Touch touch) {
        Map<String, String> slice = new LinkedHashMap<>();
        query.byNames().forEach(dimension -> slice.put(dimension, codes.of(dimension, touch.at())));
        return slice;
    }
}
