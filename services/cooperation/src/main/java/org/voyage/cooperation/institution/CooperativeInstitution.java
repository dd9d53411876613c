package org.voyage.cooperation.institution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.cooperation.agreement.Agreement;
import org.voyage.cooperation.agreement.CooperativeParent;

/** What a bureau says of a cooperative institution. */
public record CooperativeInstitution(Agreement agreement, LegalForm legalForm) implements CooperativeParent {

    /** What the figures of a year see of it; null if it does not count. */
    @Nullable
    Object inYear(int year) {
        Object agreed = agreement.inYear(year);
        return agreed == null ? null : List.of(agreed, legalForm);
    }
}
