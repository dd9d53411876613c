package org.voyage.indicators.stream;

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
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.Tally;

/**
 * Which events moved the cells of one figure since somebody last looked: the last few thousand, and of older ones the last at
 * each code in each year, so that the total and what is watched by one dimension have their causes however much comes.
 */
final class Touches {

    private static final int RECENT = 2_000;

    /** Of what can be asked for: what is only counted once may be another one each time. */
    private final int[] columns;

    /** The column of what is counted once, or -1. */
    private final int element;

    private final boolean years;
    private final List<Touch> touches = new ArrayList<>();
    private int full = 2 * RECENT;

    Touches(Tally tally) {
        List<String> dimensions = tally.indicator().dimensions();
        this.columns = IntStream.range(0, tally.room().length - 1)
                .filter(column -> dimensions.contains(tally.field(column)))
                .toArray();
        this.element = tally.element();
        this.years = tally.indicator().isKnownByYearOnly();
    }

    /**
     * A cell that an event moved. An event takes away what its record gave before and adds what it gives now: only all its
     * touches together say what it moved.
     *
     * @param number grows from touch to touch, over all figures; those of one event come one after the other
     */
    @SuppressWarnings("ArrayRecordComponent") // coordinates as the cube has them, never compared
    record Touch(long number, int[] at, long amount, Cause cause) {}

    /** @param within whether it is about days within the year, when the year itself stays as it is */
    private record Spot(int column, int code, int year, boolean within) {}

    private record Counted(Spot spot, int time, int element) {}

    /** The touches of each event, the newest event first. */
    static final class Events implements Iterator<List<Touch>> {
        private final List<Touch> touches;
        private int end;

        Events(List<Touch> touches) {
            this.touches = touches;
            this.end = touches.size();
        }

        @Override
        public boolean hasNext() {
            return end > 0;
        }

        @Override
        public List<Touch> next() {
            if (end == 0) {
                throw new NoSuchElementException();
            }
            int begin = end - 1;
            Cause event = touches.get(begin).cause();
            while (begin > 0 && touches.get(begin - 1).cause().equals(event)) {
                begin--;
            }
            List<Touch> its = touches.subList(begin, end);
            end = begin;
            return its;
        }
    }

    void note(Touch touch) {
        // Never in the midst of an event: half of it says something else.
        if (touches.size() >= full && !touches.getLast().cause().equals(touch.cause())) {
            forget();
            // Twice as many, so that what is kept is not looked through again for every few that come.
            full = 2 * Math.max(RECENT, touches.size());
        }
        touches.add(touch);
    }

    /** The oldest first. */
    List<Touch> all() {
        return Collections.unmodifiableList(touches);
    }

    /** What is counted once, at a cell; 0 of a figure that adds up. */
    int element(int[] at) {
        return element < 0 ? 0 : at[element];
    }

    private void forget() {
        Set<Spot> seen = new HashSet<>();
        List<Touch> kept = new ArrayList<>();
        for (Events events = new Events(touches); events.hasNext(); ) {
            List<Touch> event = events.next();
            if (isNews(event, seen) || kept.size() < RECENT) {
                kept.addAll(event.reversed());
            }
        }
        touches.clear();
        touches.addAll(kept.reversed());
    }

    /** Whether it moved anything at a code that is not seen yet in its year; it is afterwards. */
    private boolean isNews(List<Touch> event, Set<Spot> seen) {
        Map<Counted, Long> moved = new HashMap<>();
        for (Touch touch : event) {
            int[] at = touch.at();
            int time = at[at.length - 1];
            int year = years ? time : LocalDate.ofEpochDay(time).getYear();
            for (int column : columns) {
                Spot ofYear = new Spot(column, at[column], year, false);
                Spot ofDays = new Spot(column, at[column], year, true);
                moved.merge(new Counted(ofYear, year, element(at)), touch.amount(), Long::sum);
                moved.merge(new Counted(ofDays, time, element(at)), touch.amount(), Long::sum);
            }
        }
        moved.values().removeIf(amount -> amount == 0);
        boolean news = false;
        for (Counted counted : moved.keySet()) {
            news |= seen.add(counted.spot());
        }
        return news;
    }
}
