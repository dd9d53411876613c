package org.voyage.overseas.school;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days on which an overseas school is open.
 *
 * @param openedOn first day; null if no day is known
 * @param closedOn first day after the last one; null while the school is open
 */
public record SchoolPeriod(
        @Nullable LocalDate openedOn, @Nullable LocalDate closedOn) {

    public static SchoolPeriod of(OverseasSchool school) {
        return new SchoolPeriod(school.openedOn(), school.closedOn());
    }

    /** Returns whether the period has a day of the year. */
    public boolean includesDayOf(int year) {
        if (openedOn == null || openedOn.getYear() > year) {
            return false;
        }
        LocalDate first = LocalDate.of(year, 1, 1);
        return closedOn == null || closedOn.isAfter(openedOn.isAfter(first) ? openedOn : first);
    }

    /** Returns whether the period has the day. */
    public boolean includes(LocalDate day) {
        return openedOn != null && !day.isBefore(openedOn) && (closedOn == null || day.isBefore(closedOn));
    }
}
