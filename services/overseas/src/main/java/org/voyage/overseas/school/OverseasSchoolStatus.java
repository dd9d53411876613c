package org.voyage.overseas.school;

import java.util.Set;
import org.voyage.kit.reference.CodeListFile;

/** Lifecycle status of a school. Closure is final: a bureau withdraws a wrongly closed school and sends it again. */
public enum OverseasSchoolStatus {
    PLANNED,
    OPEN,
    SUSPENDED,
    CLOSED;

    /** Returns the Chinese name of the status. */
    String zh() {
        return CodeListFile.chineseName("statuses", this);
    }

    /** Returns the statuses that may follow, this one included. */
    Set<OverseasSchoolStatus> nextStatuses() {
        return switch (this) {
            case PLANNED -> Set.of(PLANNED, OPEN);
            case OPEN -> Set.of(OPEN, SUSPENDED, CLOSED);
            case SUSPENDED -> Set.of(SUSPENDED, OPEN, CLOSED);
            case CLOSED -> Set.of(CLOSED);
        };
    }
}
