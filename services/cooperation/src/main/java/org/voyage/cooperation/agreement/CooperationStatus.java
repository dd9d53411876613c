package org.voyage.cooperation.agreement;

import java.util.Set;
import org.voyage.kit.reference.CodeListFile;

/** Where it stands in its life. What is terminated stays so; if that was a mistake, it is withdrawn and sent again. */
public enum CooperationStatus {
    APPROVED,
    ENROLLING,
    SUSPENDED,
    TERMINATED;

    /** As it is called in Chinese. */
    String zh() {
        return CodeListFile.chineseName("cooperation-statuses", this);
    }

    /** What may come next, the same again included. */
    Set<CooperationStatus> nextStatuses() {
        return switch (this) {
            case APPROVED -> Set.of(APPROVED, ENROLLING, TERMINATED);
            case ENROLLING -> Set.of(ENROLLING, SUSPENDED, TERMINATED);
            case SUSPENDED -> Set.of(SUSPENDED, ENROLLING, TERMINATED);
            case TERMINATED -> Set.of(TERMINATED);
        };
    }
}
