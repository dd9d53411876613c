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
 * Which events moved the cells of one figure since somebody last looked: the last few thousand, and of older ones the last at
 * each code in each year, so that the total and what is watched by one dimension have their causes however much comes.
 */
final class RecentCellChanges {

    private static final int MIN_CHANGES = 2_000;

    /** Of what can be asked for: what is only counted once may be another one each time. */
    private final int[] columns;

    /** The column of what is counted once, or -1. */
    private final int element;

    private final boolean isByYear;
    private final List<CellChange> changes = new ArrayList<>();
    private int evictionSize = 2 * MIN_CHANGES;

    RecentCellChanges(FigureAggregator tally) {
        List<String> dimensions = tally.indicator().dimensions();
        this.columns = IntStream.range(0, tally.newCoordinates().length - 1)
                .filter(column -> dimensions.contains(tally.fieldOf(column)))
                .toArray();
        this.element = tally.element();
        this.isByYear = tally.indicator().isKnownByYearOnly();
    }

    /**
     * A cell that an event moved. An event takes away what its record gave before and adds what it gives now: only all its
     * touches together say what it moved.
     *
     * @param number grows from touch to touch, over all figures; those of one event come one after the other
     */
    @SuppressWarnings("ArrayRecordComponent") // coordinates as the cube has them, never compared
    record CellChange(long number, int[] coordinates, long amount, TriggeringEvent cause) {}

    /** @param within whether it is about days within the year, when the year itself stays as it is */
    private record CodeYear(int column, int code, int year, boolean within) {}

    private record ElementAtTime(CodeYear spot, int time, int element) {}

    /** The touches of each event, the newest event first. */
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
        // Never in the midst of an event: half of it says something else.
        if (changes.size() >= evictionSize && !changes.getLast().cause().equals(touch.cause())) {
            evictOldest();
            // Twice as many, so that what is kept is not looked through again for every few that come.
            evictionSize = 2 * Math.max(MIN_CHANGES, changes.size());
        }
        changes.add(touch);
    }

    /** The oldest first. */
    List<CellChange> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** What is counted once, at a cell; 0 of a figure that adds up. */
    int elementOf(int[] at) {
        return element < 0 ? 0 : at[element];
    }

    private void evictOldest() {
        Set<CodeYear> seen = new HashSet<>();
        List<CellChange> kept = new ArrayList<>();
        for (EventIterator events = new EventIterator(changes); events.hasNext(); ) {
            List<CellChange> event = events.next();
            if (movedNewCode(event, seen) || kept.size() < MIN_CHANGES) {
                kept.addAll(event.reversed());
            }
        }
        changes.clear();
        changes.addAll(kept.reversed());
    }

    /** Whether it moved anything at a code that is not seen yet in its year; it is afterwards. */
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
