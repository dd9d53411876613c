package org.voyage.kit.input;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days on which a code holds.
 *
 * @param from first day; null: it always did
 * @param until first day on which it no longer does; null: it still does
 * @param others codes that may be meant on other days, afterwards or, of one that still holds, before: a hint
 */
public record ValidityPeriod(
        @Nullable LocalDate from, @Nullable LocalDate until, List<String> others) {

    /** Whether it is over: nobody is offered it. */
    public boolean hasEnded() {
        return until != null;
    }

    boolean holdsOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (until == null || day.isBefore(until));
    }
}
