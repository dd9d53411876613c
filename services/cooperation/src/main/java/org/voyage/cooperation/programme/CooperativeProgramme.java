package org.voyage.cooperation.programme;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.cooperation.agreement.Agreement;
import org.voyage.cooperation.agreement.CooperativeParent;

/**
 * Record of a cooperative programme as a bureau reports it.
 *
 * @param major 6-digit code of the vocational catalogue 2021
 */
public record CooperativeProgramme(Agreement agreement, String major) implements CooperativeParent {

    /** Returns the parts that the figures of a year count; null if the programme does not count in the year. */
    @Nullable
    Object inYear(int year) {
        Object agreed = agreement.inYear(year);
        return agreed == null ? null : List.of(agreed, major);
    }
}
