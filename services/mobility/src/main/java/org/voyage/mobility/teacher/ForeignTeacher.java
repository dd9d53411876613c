package org.voyage.mobility.teacher;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Record of one foreign teacher: one teacher from abroad at one college.
 *
 * @param nationality ISO 3166-1 alpha-3
 * @param startedOn first day employed
 * @param endedOn first day no longer employed; null while employed
 */
public record ForeignTeacher(
        String college,
        String nationality,
        LocalDate startedOn,
        @Nullable LocalDate endedOn) {

    /** Returns the parts that the figures of a year count. The length of stay counts in the year of the end. */
    @Nullable
    Object inYear(int year) {
        boolean ends = endedOn != null && endedOn.getYear() == year;
        if (startedOn.getYear() > year || endedOn != null && endedOn.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                college, nationality, ends || startedOn.getYear() == year ? startedOn : null, ends ? endedOn : null);
    }
}
