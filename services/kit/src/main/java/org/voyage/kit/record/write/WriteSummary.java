package org.voyage.kit.record.write;

import java.util.ArrayList;
import java.util.List;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.WriteResult;

/**
 * What became of everything that was sent together, in the order in which it was sent.
 *
 * @param receipts the receipt of each
 * @param additional the receipt of what they brought along
 * @param arrivedParents the records that stand and have just come or changed: what waits for them is tried
 */
public record WriteSummary<T>(
        List<WriteResult<T>> results, List<Receipt> receipts, Receipt additional, List<RecordKey> arrivedParents) {

    public WriteSummary {
        if (results.size() != receipts.size()) {
            throw new IllegalArgumentException(results.size() + " results, " + receipts.size() + " receipts");
        }
    }

    /** Of everything. */
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

    /** The same, with more to say about the results. */
    public WriteSummary<T> withResults(List<WriteResult<T>> changed) {
        return new WriteSummary<>(changed, receipts, additional, arrivedParents);
    }

    /** @throws Refusal of the first that was refused, where all or none is to be written */
    public WriteSummary<T> requireNoneRefused() {
        for (WriteResult<T> result : results) {
            if (result instanceof WriteResult.RefusedWriteResult<T>(Refusal refusal)) {
                throw refusal;
            }
        }
        return this;
    }

    /** What became of one of them, by its place. */
    WriteSummary<T> resultAt(int place) {
        return new WriteSummary<>(List.of(results.get(place)), List.of(receipts.get(place)), additional, List.of());
    }
}
