package org.voyage.indicators.live;

import java.time.LocalDate;
import java.util.OptionalInt;
import org.voyage.indicators.live.Scan.Moments;

/**
 * How finely times are kept apart: each by itself, or all days of a year together, at its last day, but for one open year
 * whose days are kept. What is asked about ends of years and about one day besides (today, or the end of a month) comes
 * out the same.
 *
 * @param each each time by itself
 * @param open the year whose days are kept, or {@link #NO_YEAR}
 */
record Grain(boolean each, int open) {

    private static final int NO_YEAR = Integer.MIN_VALUE;

    static final Grain EACH = new Grain(true, NO_YEAR);
    static final Grain YEARS = new Grain(false, NO_YEAR);

    /** The coarsest that tells apart whatever these moments, which are days, tell apart. */
    static Grain of(Moments moments) {
        Grain grain = YEARS;
        for (int i = 0; i < moments.to().length; i++) {
            grain = grain.endingOn(moments.to()[i]);
            if (!moments.stock()) {
                grain = grain.endingOn(moments.from()[i] - 1);
            }
        }
        return grain;
    }

    private Grain endingOn(int day) {
        LocalDate end = LocalDate.ofEpochDay(day);
        if (each || end.getDayOfYear() == end.lengthOfYear() || end.getYear() == open) {
            return this;
        }
        return open == NO_YEAR ? new Grain(false, end.getYear()) : EACH;
    }

    OptionalInt openYear() {
        return open == NO_YEAR ? OptionalInt.empty() : OptionalInt.of(open);
    }

    /** The time that stands for this one. */
    int of(int time) {
        if (each) {
            return time;
        }
        LocalDate day = LocalDate.ofEpochDay(time);
        return day.getYear() == open ? time : time + day.lengthOfYear() - day.getDayOfYear();
    }

    /** Whether it tells apart whatever the other tells apart. */
    boolean isAsFineAs(Grain other) {
        return each || (!other.each && (other.open == NO_YEAR || other.open == open));
    }
}
