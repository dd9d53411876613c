package org.voyage.indicators.feature.stream;

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
import org.voyage.indicators.cube.CubeSlice;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.feature.stream.RecentCellChanges.CellChange;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.CellCodeDecoder;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.OperandQuery;
import org.voyage.indicators.reference.Geography;

/** Resolver of the events that changed the watched slices, from the cells changed since the last look. */
final class CauseResolver {

    private final Map<String, RecentCellChanges> recentChanges;
    private final Geography geography;
    private final FigureCalculator figures;

    /** @param touches by counted figure */
    CauseResolver(Map<String, RecentCellChanges> touches, Geography geography, FigureCalculator figures) {
        this.recentChanges = touches;
        this.geography = geography;
        this.figures = figures;
    }

    /** Returns the last cause of each slice; a slice that no buffered event changed has none. */
    Map<Map<String, String>, TriggeringEvent> causesOf(
            FiguresView view, FigureQuery query, Set<Map<String, String>> slices) {
        Map<Map<String, String>, TriggeringEvent> causes = new HashMap<>();
        if (query.figure() instanceof DerivedFigure || !query.listCriteria().isEmpty()) {
            slices.forEach(slice -> findCause(view, query, slice).ifPresent(cause -> causes.put(slice, cause)));
            return causes;
        }
        OperandQuery whole =
                figures.countedOperands(query.withBreakdowns(List.of())).getFirst();
        forEachMovingEvent(view, whole, query, event -> {
            event.slices()
                    .forEach(slice ->
                            causes.putIfAbsent(slice, event.lastChange().cause()));
            return true;
        });
        return causes;
    }

    /** Finds the last event that changed an operand of the slice's value. */
    private Optional<TriggeringEvent> findCause(FiguresView view, FigureQuery query, Map<String, String> slice) {
        return figures.countedOperands(sliceQuery(query, slice)).stream()
                .flatMap(component -> findLastChange(view, component).stream())
                .max(Comparator.comparingLong(CellChange::number))
                .map(CellChange::cause);
    }

    private Optional<CellChange> findLastChange(FiguresView view, OperandQuery component) {
        List<CellChange> last = new ArrayList<>();
        forEachMovingEvent(view, component, component.query(), event -> {
            last.add(event.lastChange());
            return false;
        });
        return last.stream().findFirst();
    }

    /** @param slices the slices that the event changed */
    private record MovingEvent(CellChange lastChange, Set<Map<String, String>> slices) {}

    /** @param element the element of a distinct count; 0 for a sum */
    private record SliceElement(Map<String, String> slice, int element) {}

    /**
     * Visits the events that changed a value, the newest first.
     *
     * @param within the part of the figure to look at
     * @param split the breakdown
     * @param further whether to continue with the event before
     */
    private void forEachMovingEvent(
            FiguresView view, OperandQuery within, FigureQuery split, Predicate<MovingEvent> further) {
        RecentCellChanges its = recentChanges.get(split.figure().code());
        if (its == null) {
            return;
        }
        CellCodeDecoder codes =
                new CellCodeDecoder(view, view.requireWhole(split.figure().code()), geography);
        CubeSlice part = figures.sliceOf(view, within);
        boolean goOn = true;
        for (RecentCellChanges.EventIterator events = new RecentCellChanges.EventIterator(its.changes());
                goOn && events.hasNext(); ) {
            List<CellChange> event = events.next();
            Map<SliceElement, Long> moved = new HashMap<>();
            for (CellChange touch : event) {
                if (part.knowsCodes(touch.coordinates()) && part.containsCell(touch.coordinates())) {
                    SliceElement counted =
                            new SliceElement(sliceOf(codes, split, touch), its.elementOf(touch.coordinates()));
                    moved.merge(counted, touch.amount(), Long::sum);
                }
            }
            moved.values().removeIf(amount -> amount == 0);
            if (!moved.isEmpty()) {
                Set<Map<String, String>> slices =
                        moved.keySet().stream().map(SliceElement::slice).collect(Collectors.toSet());
                goOn = further.test(new MovingEvent(event.getLast(), slices));
            }
        }
    }

    /** Returns the query for the value of one slice alone. */
    private static FigureQuery sliceQuery(FigureQuery query, Map<String, String> slice) {
        Map<String, Set<String>> filters = new LinkedHashMap<>(query.filters());
        List<ListCriterion> lists = new ArrayList<>(query.listFilters());
        for (Breakdown breakdown : query.breakdowns()) {
            String code = slice.getOrDefault(breakdown.name(), CodeDictionary.ABSENT_TEXT);
            switch (breakdown) {
                case Breakdown.DimensionBreakdown dimension -> filters.put(dimension.name(), Set.of(code));
                case Breakdown.MembershipBreakdown membership ->
                    lists.add(membership.criterion().withMembers(code.equals(membership.memberCode(true))));
                case Breakdown.YearBreakdown _ -> throw new IllegalArgumentException("a stream is about one period");
            }
        }
        return new FigureQuery(query.figure(), List.of(), filters, lists, query.period());
    }

    private static Map<String, String> sliceOf(CellCodeDecoder codes, FigureQuery query, CellChange touch) {
        Map<String, String> slice = new LinkedHashMap<>();
        query.breakdownNames().forEach(dimension -> slice.put(dimension, codes.codeOf(dimension, touch.coordinates())));
        return slice;
    }
}
