package org.voyage.indicators.live;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.FactState;

/** Resolver of the days between which a stock counts a fact: days since 1970-01-01. */
final class StockPeriodResolver {

    /** Represents the end of a fact that still counts. */
    static final int NO_END = Integer.MAX_VALUE;

    /** Represents the fact itself in place of a link. */
    static final int OWN_RECORD = -1;

    private static final int LAST_YEAR = 9_999;

    private final DaySource[] starts;
    private final DaySource[] ends;

    StockPeriodResolver(List<DaySource> starts, List<DaySource> ends) {
        this.starts = starts.toArray(DaySource[]::new);
        this.ends = ends.toArray(DaySource[]::new);
    }

    /**
     * Source of a day.
     *
     * @param link link to the joined record with the field, or {@link #OWN_RECORD}
     * @param slot slot of a date or a year
     * @param addedYears years from the field's day to the day
     */
    record DaySource(int link, int slot, boolean isYear, int addedYears) {

        /** Returns the day, or {@link FactState#NO_VALUE}. */
        private int resolveDay(Fact fact) {
            FactState state = stateOf(fact);
            int value = state == null ? FactState.NO_VALUE : state.values()[slot];
            if (value == FactState.NO_VALUE || (!isYear && addedYears == 0)) {
                return value;
            }
            if (isYear && (value < 0 || value > LAST_YEAR)) {
                return FactState.NO_VALUE;
            }
            LocalDate day = isYear ? LocalDate.of(value, 1, 1) : LocalDate.ofEpochDay(value);
            return (int) Math.min(day.plusYears(addedYears).toEpochDay(), NO_END);
        }

        private @Nullable FactState stateOf(Fact fact) {
            Fact named = link == OWN_RECORD ? fact : fact.joined[link];
            return named == null ? null : named.state;
        }
    }

    /** Returns the first day: the last of its starts, or {@link FactState#NO_VALUE} when one is missing. */
    int firstDay(Fact fact) {
        int latest = Integer.MIN_VALUE;
        for (DaySource start : starts) {
            int day = start.resolveDay(fact);
            if (day == FactState.NO_VALUE) {
                return FactState.NO_VALUE;
            }
            latest = Math.max(latest, day);
        }
        return latest;
    }

    /** Returns the first day after the period: the first of its ends, or {@link #NO_END} when all are missing. */
    int endDay(Fact fact) {
        int earliest = NO_END;
        for (DaySource end : ends) {
            int day = end.resolveDay(fact);
            earliest = day == FactState.NO_VALUE ? earliest : Math.min(earliest, day);
        }
        return earliest;
    }
}
