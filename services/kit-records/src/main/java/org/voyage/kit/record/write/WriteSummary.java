package org.voyage.kit.record.write;

import java.util.ArrayList;
import java.util.List;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.WriteResult;

/**
 * Summary of a write of several submissions, in their order.
 *
 * @param receipts the receipt of each submission
 * @param additional the receipt of further changes, such as those of children
 * @param arrivedParents the active records that have just arrived or changed; their parked rows are applied next
 */
public record WriteSummary<T>(
        List<WriteResult<T>> results, List<Receipt> receipts, Receipt additional, List<RecordKey> arrivedParents) {

    public WriteSummary {
        if (results.size() != receipts.size()) {
            throw new IllegalArgumentException(results.size() + " results, " + receipts.size() + " receipts");
        }
    }

    /** Returns the receipt of all changes. */
    public Receipt receipt() {
        List<Receipt> all = new ArrayList<>(receipts);
        all.add(additional);
        return Receipt.of(all);
    }

    public WriteSummary<T> withReceipt(Receipt further) {
        return further.isEmpty()
                ? this
                : new WriteSummary<>(results, receipts, additional.plus(further), arrivedParents);
    }

    /** Returns this summary with other results. */
    public WriteSummary<T> withResults(List<WriteResult<T>> changed) {
        return new WriteSummary<>(changed, receipts, additional, arrivedParents);
    }

    /**
     * Requires that no submission was refused, where all or none is to be written.
     *
     * @throws Refusal of the first refused submission
     */
    public WriteSummary<T> requireNoneRefused() {
        for (WriteResult<T> result : results) {
            if (result instanceof WriteResult.RefusedWriteResult<T>(Refusal refusal)) {
                throw refusal;
            }
        }
        return this;
    }

    /** Returns the summary of one submission, by its place. */
    WriteSummary<T> resultAt(int place) {
        return new WriteSummary<>(List.of(results.get(place)), List.of(receipts.get(place)), additional, List.of());
    }
}
