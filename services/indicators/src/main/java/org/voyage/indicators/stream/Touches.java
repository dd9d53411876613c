package org.voyage.indicators.stream;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
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

    private final boolean years;
    private final List<Touch> touches = new ArrayList<>();
    private int full = 2 * RECENT;

    Touches(Tally tally) {
        List<String> dimensions = tally.indicator().dimensions();
        this.columns = IntStream.range(0, tally.room().length - 1)
                .filter(column -> dimensions.contains(tally.field(column)))
                .toArray();
        this.years = tally.indicator().isKnownByYearOnly();
    }

    /**
     * A cell that an event moved.
     *
     * @param number grows from touch to touch, over all figures
     */
    @SuppressWarnings("ArrayRecordComponent") // coordinates as the cube has them, never compared
    record Touch(long number, int[] at, Cause cause) {}

    private record Spot(int column, int code, int year) {}

    void note(Touch touch) {
        touches.add(touch);
        if (touches.size() >= full) {
            forget();
            // Twice as many, so that what is kept is not looked through again for every few that come.
            full = 2 * Math.max(RECENT, touches.size());
        }
    }

    /** The oldest first. */
    List<Touch> all() {
        return Collections.unmodifiableList(touches);
    }

    private void forget() {
        Set<Spot> seen = new HashSet<>();
        List<Touch> kept = new ArrayList<>();
        for (Touch touch : touches.reversed()) {
            if (isNews(touch.at(), seen) || kept.size() < RECENT) {
                kept.add(touch);
            }
        }
        touches.clear();
        touches.addAll(kept.reversed());
    }

    /** Whether any of its codes is not seen yet in its year; it is afterwards. */
    private boolean isNews(int[] at, Set<Spot> seen) {
        int time = at[at.length - 1];
        int year = years ? time : LocalDate.ofEpochDay(time).getYear();
        boolean news = false;
        for (int column : columns) {
            news |= seen.add(new Spot(column, at[column], year));
        }
        return news;
    }
}
