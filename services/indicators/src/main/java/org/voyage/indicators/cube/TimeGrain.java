package org.voyage.indicators.cube;

import java.time.LocalDate;
import java.util.OptionalInt;
import org.voyage.indicators.cube.CubeScan.ScanTimes;

/**
 * Grain of the times in a table: each time by itself, or all days of a year together, at its last day. One open year
 * may keep its days. Values at ends of years and at one other day (today, or the end of a month) are the same.
 *
 * @param isEachTime whether each time is kept by itself
 * @param openYearOrNone the year whose days are kept, or {@link #NO_YEAR}
 */
record TimeGrain(boolean isEachTime, int openYearOrNone) {

    private static final int NO_YEAR = Integer.MIN_VALUE;

    static final TimeGrain EACH_TIME = new TimeGrain(true, NO_YEAR);
    static final TimeGrain WHOLE_YEARS = new TimeGrain(false, NO_YEAR);

    /** Returns the coarsest grain that distinguishes these times, which are days. */
    static TimeGrain of(ScanTimes moments) {
        TimeGrain grain = WHOLE_YEARS;
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
        return openYearOrNone == NO_YEAR ? new TimeGrain(false, end.getYear()) : EACH_TIME;
    }

    OptionalInt openYear() {
        return openYearOrNone == NO_YEAR ? OptionalInt.empty() : OptionalInt.of(openYearOrNone);
    }

    /** Returns the time that represents this one. */
    int of(int time) {
        if (isEachTime) {
            return time;
        }
        LocalDate day = LocalDate.ofEpochDay(time);
        return day.getYear() == openYearOrNone ? time : time + day.lengthOfYear() - day.getDayOfYear();
    }

    /** Returns the coarsest grain that distinguishes all times that one of both distinguishes. */
    TimeGrain combineWith(TimeGrain other) {
        if (isAsFineAs(other)) {
            return this;
        }
        return other.isAsFineAs(this) ? other : EACH_TIME;
    }

    /** Returns whether this grain distinguishes all times that the other one distinguishes. */
    boolean isAsFineAs(TimeGrain other) {
        return isEachTime
                || (!other.isEachTime && (other.openYearOrNone == NO_YEAR || other.openYearOrNone == openYearOrNone));
    }
}
