package org.voyage.overseas.school;

import java.util.Set;
import org.voyage.kit.reference.CodeListFile;

/** Where a school stands in its life. A closed school stays closed; one closed by mistake is withdrawn and sent again. */
public enum OverseasSchoolStatus {
    PLANNED,
    OPEN,
    SUSPENDED,
    CLOSED;

    /** As it is called in Chinese. */
    String zh() {
        return CodeListFile.chineseName("statuses", this);
    }

    /** What may come next, the same again included. */
    Set<OverseasSchoolStatus> nextStatuses() {
        return switch (this) {
            case PLANNED -> Set.of(PLANNED, OPEN);
            case OPEN -> Set.of(OPEN, SUSPENDED, CLOSED);
            case SUSPENDED -> Set.of(SUSPENDED, OPEN, CLOSED);
            case CLOSED -> Set.of(CLOSED);
        };
    }
}
