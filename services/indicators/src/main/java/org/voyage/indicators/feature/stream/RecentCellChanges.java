package org.voyage.indicators.feature.stream;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.TriggeringEvent;

/**
 * Buffer of the events that changed the cells of one figure since the last look. It holds the last few thousand, and of
 * older events the last one for each code and year. So the total and breakdowns by one dimension have causes under any
 * load.
 */
final class RecentCellChanges {

    private static final int MIN_RETAINED_CHANGES = 2_000;

    /** The queryable columns; the element of a distinct count may differ with each event. */
    private final int[] columns;

    /** The column of the distinct element, or -1. */
    private final int element;

    private final boolean isByYear;
    private final List<CellChange> changes = new ArrayList<>();
    private int evictionSize = 2 * MIN_RETAINED_CHANGES;

    RecentCellChanges(FigureAggregator aggregator) {
        List<String> dimensions = aggregator.indicator().dimensions();
        this.columns = IntStream.range(0, aggregator.newCoordinates().length - 1)
                .filter(column -> dimensions.contains(aggregator.fieldOf(column)))
                .toArray();
        this.element = aggregator.element();
        this.isByYear = aggregator.indicator().isKnownByYearOnly();
    }

    /**
     * The change of a cell by an event. An event subtracts the record's old amounts and adds the new ones. Only all its
     * changes together show its effect.
     *
     * @param number grows from change to change, over all figures; changes of one event are consecutive
     */
    @SuppressWarnings("ArrayRecordComponent") // coordinates of the cube, never compared
    record CellChange(long number, int[] coordinates, long amount, TriggeringEvent cause) {}

    /** @param within whether it is about days within the year, when the year's value stays unchanged */
    private record CodeYear(int column, int code, int year, boolean within) {}

    private record ElementAtTime(CodeYear spot, int time, int element) {}

    /** Iterator over the events with their changes, the newest event first. */
    static final class EventIterator implements Iterator<List<CellChange>> {
        private final List<CellChange> touches;
        private int end;

        EventIterator(List<CellChange> touches) {
            this.touches = touches;
            this.end = touches.size();
        }

        @Override
        public boolean hasNext() {
            return end > 0;
        }

        @Override
        public List<CellChange> next() {
            if (end == 0) {
                throw new NoSuchElementException();
            }
            int begin = end - 1;
            TriggeringEvent event = touches.get(begin).cause();
            while (begin > 0 && touches.get(begin - 1).cause().equals(event)) {
                begin--;
            }
            List<CellChange> its = touches.subList(begin, end);
            end = begin;
            return its;
        }
    }

    void addChange(CellChange touch) {
        // The buffer evicts only between events, because part of an event has another effect.
        if (changes.size() >= evictionSize && !changes.getLast().cause().equals(touch.cause())) {
            evictOldest();
            // The size doubles, so that a few new changes do not cause another pass over the buffer.
            evictionSize = 2 * Math.max(MIN_RETAINED_CHANGES, changes.size());
        }
        changes.add(touch);
    }

    /** Returns the changes, the oldest first. */
    List<CellChange> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** Returns the distinct element of a cell; 0 for a sum. */
    int elementOf(int[] at) {
        return element < 0 ? 0 : at[element];
    }

    private void evictOldest() {
        Set<CodeYear> seen = new HashSet<>();
        List<CellChange> kept = new ArrayList<>();
        for (EventIterator events = new EventIterator(changes); events.hasNext(); ) {
            List<CellChange> event = events.next();
            if (movedNewCode(event, seen) || kept.size() < MIN_RETAINED_CHANGES) {
                kept.addAll(event.reversed());
            }
        }
        changes.clear();
        changes.addAll(kept.reversed());
    }

    /** Returns whether the event changed a code and year that are not in the set yet, and adds them. */
    private boolean movedNewCode(List<CellChange> event, Set<CodeYear> seen) {
        Map<ElementAtTime, Long> moved = new HashMap<>();
        for (CellChange touch : event) {
            int[] at = touch.coordinates();
            int time = at[at.length - 1];
            int year = isByYear ? time : LocalDate.ofEpochDay(time).getYear();
            for (int column : columns) {
                CodeYear ofYear = new CodeYear(column, at[column], year, false);
                CodeYear ofDays = new CodeYear(column, at[column], year, true);
                moved.merge(new ElementAtTime(ofYear, year, elementOf(at)), touch.amount(), Long::sum);
                moved.merge(new ElementAtTime(ofDays, time, elementOf(at)), touch.amount(), Long::sum);
            }
        }
        moved.values().removeIf(amount -> amount == 0);
        boolean news = false;
        for (ElementAtTime counted : moved.keySet()) {
            news |= seen.add(counted.spot());
        }
        return news;
    }
}
