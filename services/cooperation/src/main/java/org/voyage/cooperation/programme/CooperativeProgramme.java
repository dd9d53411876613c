package org.voyage.cooperation.programme;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.cooperation.agreement.Agreement;
import org.voyage.cooperation.agreement.CooperativeParent;

/**
 * What a bureau says of a cooperative programme.
 *
 * @param major 6-digit code of the vocational catalogue 2021
 */
public record CooperativeProgramme(Agreement agreement, String major) implements CooperativeParent {

    /** What the figures of a year see of it; null if it does not count. */
    @Nullable
    Object inYear(int year) {
        Object agreed = agreement.inYear(year);
        return agreed == null ? null : List.of(agreed, major);
    }
}
