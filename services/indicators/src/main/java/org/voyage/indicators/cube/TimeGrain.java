package org.voyage.indicators.cube;

import java.time.LocalDate;
import java.util.OptionalInt;
import org.voyage.indicators.cube.CubeScan.ScanTimes;

/**
 * How finely times are kept apart: each by itself, or all days of a year together, at its last day, but for one open year
 * whose days are kept. What is asked about ends of years and about one day besides (today, or the end of a month) comes
 * out the same.
 *
 * @param isEachTime each time by itself
 * @param openYearOrNone the year whose days are kept, or {@link #NO_YEAR}
 */
record TimeGrain(boolean isEachTime, int openYearOrNone) {

    private static final int NO_YEAR = Integer.MIN_VALUE;

    static final TimeGrain EACH = new TimeGrain(true, NO_YEAR);
    static final TimeGrain YEARS = new TimeGrain(false, NO_YEAR);

    /** The coarsest that tells apart whatever these moments, which are days, tell apart. */
    static TimeGrain of(ScanTimes moments) {
        TimeGrain grain = YEARS;
        for (int i = 0; i < moments.to().length; i++) {
            grain = grain.withOpenYear(moments.to()[i]);
            if (!moments.isStock()) {
                grain = grain.withOpenYear(moments.from()[i] - 1);
            }
        }
        return grain;
    }

    private TimeGrain withOpenYear(int day) {
        LocalDate end = LocalDate.ofEpochDay(day);
        if (isEachTime || end.getDayOfYear() == end.lengthOfYear() || end.getYear() == openYearOrNone) {
            return this;
        }
        return openYearOrNone == NO_YEAR ? new TimeGrain(false, end.getYear()) : EACH;
    }

    OptionalInt openYear() {
        return openYearOrNone == NO_YEAR ? OptionalInt.empty() : OptionalInt.of(openYearOrNone);
    }

    /** The time that stands for this one. */
    int of(int time) {
        if (isEachTime) {
            return time;
        }
        LocalDate day = LocalDate.ofEpochDay(time);
        return day.getYear() == openYearOrNone ? time : time + day.lengthOfYear() - day.getDayOfYear();
    }

    /** Whether it tells apart whatever the other tells apart. */
    boolean isAsFineAs(TimeGrain other) {
        return isEachTime
                || (!other.isEachTime && (other.openYearOrNone == NO_YEAR || other.openYearOrNone == openYearOrNone));
    }
}
