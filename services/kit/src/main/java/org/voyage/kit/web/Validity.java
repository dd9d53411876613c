package org.voyage.kit.web;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days on which a code holds.
 *
 * @param from first day; null: it always did
 * @param until first day on which it no longer does; null: it still does
 * @param successors codes that may be meant afterwards: a hint
 */
public record Validity(@Nullable LocalDate from, @Nullable LocalDate until, List<String> successors) {

    boolean holdsOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (until == null || day.isBefore(until));
    }
}
