package org.voyage.overseas.school;

import java.util.Set;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.reference.CodeListFile;

/** Lifecycle status of a school. Closure is final: a bureau withdraws a wrongly closed school and sends it again. */
public enum OverseasSchoolStatus {
    PLANNED,
    OPEN,
    SUSPENDED,
    CLOSED;

    /**
     * Checks that the lifecycle allows the change to the other status.
     *
     * @throws Refusal.Invalid when the lifecycle does not allow it
     */
    void requireSuccessor(OverseasSchoolStatus other) {
        if (!nextStatuses().contains(other)) {
            throw new Refusal.Invalid(Finding.field(
                    "status",
                    "lifecycle",
                    "A school cannot go from " + CodeSet.toKebab(this) + " to " + CodeSet.toKebab(other) + ".",
                    "境外办学机构的状态不能从“" + zh() + "”变为“" + other.zh() + "”。"));
        }
    }

    private String zh() {
        return CodeListFile.chineseName("statuses", this);
    }

    /** Returns the statuses that may follow, this one included. */
    private Set<OverseasSchoolStatus> nextStatuses() {
        return switch (this) {
            case PLANNED -> Set.of(PLANNED, OPEN);
            case OPEN -> Set.of(OPEN, SUSPENDED, CLOSED);
            case SUSPENDED -> Set.of(SUSPENDED, OPEN, CLOSED);
            case CLOSED -> Set.of(CLOSED);
        };
    }
}
