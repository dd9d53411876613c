package org.voyage.kit.input;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Days on which a code is valid.
 *
 * @param from first day; null: no beginning
 * @param until first day after the validity; null: no end
 * @param others codes for other days, as a hint: the successors or, for a code that is still valid, the predecessors
 */
public record ValidityPeriod(
        @Nullable LocalDate from, @Nullable LocalDate until, List<String> others) {

    /** Returns whether the period has ended; forms no longer offer the code. */
    public boolean hasEnded() {
        return until != null;
    }

    /** Returns whether the day is in the period. */
    public boolean holdsOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (until == null || day.isBefore(until));
    }
}
