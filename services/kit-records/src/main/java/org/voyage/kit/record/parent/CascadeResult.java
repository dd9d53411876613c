package org.voyage.kit.record.parent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.write.WriteSummary;

/**
 * Result of the changes of child records that followed a change of their parents.
 *
 * @param warnings warnings about the children, by the key of their parent
 */
public record CascadeResult(Receipt receipt, Map<RecordKey, List<Finding>> warnings) {

    static final CascadeResult EMPTY = new CascadeResult(Receipt.EMPTY, Map.of());

    CascadeResult plus(CascadeResult other) {
        Map<RecordKey, List<Finding>> all = new HashMap<>(warnings);
        other.warnings.forEach((key, more) -> all.merge(key, more, CascadeResult::concat));
        return new CascadeResult(receipt.plus(other.receipt), all);
    }

    /** Returns this result with the warnings of one parent only. */
    CascadeResult restrictedTo(RecordKey key) {
        List<Finding> all = warnings.values().stream().flatMap(List::stream).toList();
        return new CascadeResult(receipt, all.isEmpty() ? Map.of() : Map.of(key, all));
    }

    /** Adds this result to the receipt, and to the results of the parents. */
    <T> WriteSummary<T> addTo(WriteSummary<T> written) {
        WriteSummary<T> further = written.withReceipt(receipt);
        return warnings.isEmpty()
                ? further
                : further.withResults(
                        further.results().stream().map(this::addToResult).toList());
    }

    private <T> WriteResult<T> addToResult(WriteResult<T> result) {
        return result instanceof WriteResult.ChangedRecord<T>(RecordChange<T> change, List<Finding> before)
                ? new WriteResult.ChangedRecord<>(
                        change,
                        concat(before, warnings.getOrDefault(change.after().key(), List.of())))
                : result;
    }

    private static List<Finding> concat(List<Finding> some, List<Finding> more) {
        List<Finding> both = new ArrayList<>(some);
        both.addAll(more);
        return List.copyOf(both);
    }
}
