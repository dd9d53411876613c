package org.voyage.cooperation.institution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.cooperation.agreement.Agreement;
import org.voyage.cooperation.agreement.CooperativeParent;

/** Record of a cooperative institution as a bureau reports it. */
public record CooperativeInstitution(Agreement agreement, LegalForm legalForm) implements CooperativeParent {

    /** Returns the parts that the figures of a year count; null if the institution does not count in the year. */
    @Nullable
    Object inYear(int year) {
        Object agreed = agreement.inYear(year);
        return agreed == null ? null : List.of(agreed, legalForm);
    }
}
