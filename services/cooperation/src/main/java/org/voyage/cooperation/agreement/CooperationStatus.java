package org.voyage.cooperation.agreement;

import java.util.Set;
import org.voyage.kit.reference.CodeListFile;

/**
 * Lifecycle status of a cooperation. Termination is final: a bureau withdraws a wrongly terminated record and sends it
 * again.
 */
public enum CooperationStatus {
    APPROVED,
    ENROLLING,
    SUSPENDED,
    TERMINATED;

    /** Returns the Chinese name of the status. */
    String zh() {
        return CodeListFile.chineseName("cooperation-statuses", this);
    }

    /** Returns the statuses that may follow, this one included. */
    Set<CooperationStatus> nextStatuses() {
        return switch (this) {
            case APPROVED -> Set.of(APPROVED, ENROLLING, TERMINATED);
            case ENROLLING -> Set.of(ENROLLING, SUSPENDED, TERMINATED);
            case SUSPENDED -> Set.of(SUSPENDED, ENROLLING, TERMINATED);
            case TERMINATED -> Set.of(TERMINATED);
        };
    }
}
