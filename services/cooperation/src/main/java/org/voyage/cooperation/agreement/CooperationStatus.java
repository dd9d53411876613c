package org.voyage.cooperation.agreement;

import java.util.Set;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
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

    /**
     * Checks that the lifecycle allows the change to the other status.
     *
     * @throws Refusal.Invalid when the lifecycle does not allow it
     */
    public void requireSuccessor(CooperationStatus other) {
        if (!nextStatuses().contains(other)) {
            throw new Refusal.Invalid(Finding.field(
                    "status",
                    "lifecycle",
                    "It cannot go from " + CodeSet.toKebab(this) + " to " + CodeSet.toKebab(other) + ".",
                    "状态不能从“" + zh() + "”变为“" + other.zh() + "”。"));
        }
    }

    private String zh() {
        return CodeListFile.chineseName("cooperation-statuses", this);
    }

    /** Returns the statuses that may follow, this one included. */
    private Set<CooperationStatus> nextStatuses() {
        return switch (this) {
            case APPROVED -> Set.of(APPROVED, ENROLLING, TERMINATED);
            case ENROLLING -> Set.of(ENROLLING, SUSPENDED, TERMINATED);
            case SUSPENDED -> Set.of(SUSPENDED, ENROLLING, TERMINATED);
            case TERMINATED -> Set.of(TERMINATED);
        };
    }
}
