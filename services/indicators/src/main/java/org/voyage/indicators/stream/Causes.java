package org.voyage.indicators.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.voyage.indicators.indicator.Derived;
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
        Component whole = figures.behind(query.split(List.of())).getFirst();
        look(cut, whole, query, event -> {
            event.slices()
                    .forEach(slice -> causes.putIfAbsent(slice, event.last().cause()));
            return true;
        });
        return causes;
    }

    /** The last event that moved what any of the counted figures behind the value comes to, where the value looks. */
    private Optional<Cause> oneByOne(Cut cut, FigureQuery query, Map<String, String> slice) {
        return figures.behind(one(query, slice)).stream()
                .flatMap(component -> last(cut, component).stream())
                .max(Comparator.comparingLong(Touch::number))
                .map(Touch::cause);
    }

    private Optional<Touch> last(Cut cut, Component component) {
        List<Touch> last = new ArrayList<>();
        look(cut, component, component.query(), event -> {
            last.add(event.last());
            return false;
        });
        return last.stream().findFirst();
    }

    /** @param slices that it moved */
    private record Moving(Touch last, Set<Map<String, String>> slices) {}

    /** @param element what is counted once; 0 in a figure that adds up */
    private record Counted(Map<String, String> slice, int element) {}

    /**
     * Shows the events that moved something, the newest first.
     *
     * @param within the part of the figure that is looked at
     * @param split by what it is looked at
     * @param further whether to go on to the event before
     */
    private void look(Cut cut, Component within, FigureQuery split, Predicate<Moving> further) {
        Touches its = touches.get(split.indicator().code());
        if (its == null) {
            return;
        }
        CellCodes codes = new CellCodes(cut, cut.tally(split.indicator().code()), geography);
        Slice part = figures.slice(cut, within);
        boolean goOn = true;
        for (Touches.Events events = new Touches.Events(its.all()); goOn && events.hasNext(); ) {
            List<Touch> event = events.next();
            Map<Counted, Long> moved = new HashMap<>();
            for (Touch touch : event) {
                if (part.knows(touch.at()) && part.holds(touch.at())) {
                    Counted counted = new Counted(slice(codes, split, touch), its.element(touch.at()));
                    moved.merge(counted, touch.amount(), Long::sum);
                }
            }
            moved.values().removeIf(amount -> amount == 0);
            if (!moved.isEmpty()) {
                Set<Map<String, String>> slices =
                        moved.keySet().stream().map(Counted::slice).collect(Collectors.toSet());
                goOn = further.test(new Moving(event.getLast(), slices));
            }
        }
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
