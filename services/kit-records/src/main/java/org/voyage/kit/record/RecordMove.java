package org.voyage.kit.record;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Move of a record to another key.
 *
 * @param to the other key, of the same province
 * @param kind rename or merge
 * @param keep side whose records remain if both sides have duplicates; null if the sender does not say
 */
public record RecordMove(
        RecordKey to,
        ChangeCause.ChangeCauseKind kind,
        @Nullable MergeSide keep) {

    /** Side of a merge. */
    public enum MergeSide {
        /** The record that remains. */
        TARGET,
        /** The record that is merged into the other. */
        SOURCE
    }

    public boolean isMerge() {
        return kind == ChangeCause.ChangeCauseKind.MERGE;
    }

    /**
     * Requires that the record can move to the other key. A rename may return to a key that the same record has left;
     * every other old key remains an address of the record that left it.
     *
     * @param there current version under the other key
     * @throws Refusal if the record cannot move there, with the possible alternatives
     */
    public void requireValidTarget(RecordKey from, @Nullable RecordVersion<?> there) {
        if (from.equals(to)) {
            throw new Refusal.Invalid(
                    new Finding("/sourceId", "same-key", "The record has this key already.", "记录编号与原编号相同。"));
        }
        if (isMerge() && (there == null || there.isWithdrawn())) {
            throw new Refusal.Invalid(missingTarget(from, there));
        }
        if (!isMerge() && there != null && !from.sourceId().equals(there.movedTo())) {
            throw new Refusal.Conflict(takenTarget(there));
        }
    }

    private static Finding missingTarget(RecordKey from, @Nullable RecordVersion<?> there) {
        if (there == null || from.sourceId().equals(there.movedTo())) {
            return new Finding(
                    "/into",
                    "merge-target-missing",
                    "There is no such record to go on with; to give a record another key, rename it.",
                    "合并目标记录不存在；如只须更换编号，请使用改编号操作。");
        }
        return there.movedTo() == null
                ? new Finding(
                        "/into",
                        "merge-target-missing",
                        "The record to go on with is withdrawn; if both are the same thing, send it again and then merge.",
                        "合并目标记录已撤回；如两条记录为同一对象，请先重新报送该记录，再合并。")
                : new Finding(
                        "/into",
                        "merge-target-missing",
                        "The record to go on with goes on under " + there.movedTo() + "; name that key.",
                        "合并目标记录已改用编号“" + there.movedTo() + "”，请填写新编号。");
    }

    private static Finding takenTarget(RecordVersion<?> there) {
        if (there.movedTo() != null) {
            return new Finding(
                    "/sourceId",
                    "key-taken",
                    "This key stays an address of a record that goes on under " + there.movedTo()
                            + "; choose another key.",
                    "该编号为已改编号或合并记录的原编号，仍指向“" + there.movedTo() + "”，请另选编号。");
        }
        return there.isWithdrawn()
                ? new Finding(
                        "/sourceId",
                        "key-taken",
                        "A record under this key was withdrawn; choose another key, or, if both are the same thing, send it"
                                + " again and merge them.",
                        "该编号的记录已撤回，请另选编号；如两条记录为同一对象，请先重新报送该记录，再合并。")
                : new Finding(
                        "/sourceId",
                        "key-taken",
                        "There is a record under this key; if both are the same thing, merge them, else choose another key.",
                        "该编号已被使用；如两条记录为同一对象，请使用合并操作，否则请另选编号。");
    }
}
