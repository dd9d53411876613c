package org.voyage.indicators.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

/** Which event moved which slice, from the cells that moved since somebody last looked. */
final class Causes {

    private final Map<String, List<Touch>> touches;
    private final Geography geography;
    private final Figures figures;

    /**
     * A cell that an event moved.
     *
     * @param number grows from touch to touch, over all figures
     */
    @SuppressWarnings("ArrayRecordComponent") // coordinates as the cube has them, never compared
    record Touch(long number, int[] at, Cause cause) {}

    /** @param touches by counted figure, the oldest first */
    Causes(Map<String, List<Touch>> touches, Geography geography, Figures figures) {
        this.touches = touches;
        this.geography = geography;
        this.figures = figures;
    }

    /** The last cause of each of these slices; one that no remembered event moved has none. */
    Map<Map<String, String>, Cause> of(Cut cut, FigureQuery query, Set<Map<String, String>> slices) {
        Map<Map<String, String>, Cause> causes = new HashMap<>();
        if (query.indicator() instanceof Derived) {
            slices.forEach(slice -> ofDerived(cut, query, slice).ifPresent(cause -> causes.put(slice, cause)));
            return causes;
        }
        CellCodes codes = new CellCodes(cut, cut.tally(query.indicator().code()), geography);
        for (Touch touch : touches.getOrDefault(query.indicator().code(), List.of())) {
            if (passes(codes, query, touch)) {
                Map<String, String> slice = slice(codes, query, touch);
                if (slice != null) {
                    causes.put(slice, touch.cause());
                }
            }
        }
        return causes;
    }

    /** The last event that moved a cell of any of the counted figures behind the value, as the value looks at them. */
    private Optional<Cause> ofDerived(Cut cut, FigureQuery query, Map<String, String> slice) {
        return one(query, slice)
                .flatMap(one -> figures.behind(one).stream()
                        .flatMap(component -> last(cut, component).stream())
                        .max(Comparator.comparingLong(Touch::number))
                        .map(Touch::cause));
    }

    private Optional<Touch> last(Cut cut, Component component) {
        List<Touch> its = touches.getOrDefault(component.query().indicator().code(), List.of());
        if (its.isEmpty()) {
            return Optional.empty();
        }
        Slice slice = figures.slice(cut, component);
        return its.reversed().stream()
                .filter(touch -> slice.knows(touch.at()) && slice.holds(touch.at()))
                .findFirst();
    }

    /** The question for the value of one slice alone; none can ask for those that are on no list, or have no number. */
    private static Optional<FigureQuery> one(FigureQuery query, Map<String, String> slice) {
        Map<String, Set<String>> filters = new LinkedHashMap<>(query.filters());
        List<ListMoment> lists = new ArrayList<>(query.lists());
        for (By by : query.by()) {
            switch (by) {
                case By.Dimension dimension -> {
                    String code = slice.getOrDefault(dimension.name(), Dictionary.ABSENT_TEXT);
                    if (code.equals(Dictionary.ABSENT_TEXT) && query.indicator().isNumber(dimension.name())) {
                        return Optional.empty();
                    }
                    filters.put(dimension.name(), Set.of(code));
                }
                case By.Membership membership -> {
                    if (!membership.code(true).equals(slice.get(by.name()))) {
                        return Optional.empty();
                    }
                    lists.add(membership.list());
                }
                case By.Year _ -> throw new IllegalArgumentException("a stream is about one period");
            }
        }
        return Optional.of(new FigureQuery(query.indicator(), List.of(), filters, lists, query.period()));
    }

    private boolean passes(CellCodes codes, FigureQuery query, Touch touch) {
        return query.filters().entrySet().stream()
                .allMatch(filter -> filter.getValue().contains(codes.of(filter.getKey(), touch.at())));
    }

    private @Nullable Map<String, String> slice(CellCodes codes, FigureQuery query, Touch touch) {
        Map<String, String> slice = new LinkedHashMap<>();
        for (By by : query.by()) {
            if (!(by instanceof By.Dimension)) {
                return null;
            }
            slice.put(by.name(), codes.of(by.name(), touch.at()));
        }
        return slice;
    }
}
