package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Finding;

/**
 * What became of the records that followed others.
 *
 * @param warnings what is odd about them and no reason to refuse them, by the key of what they belong to
 */
public record Following(Receipt receipt, Map<RecordKey, List<Finding>> warnings) {

    static final Following NONE = new Following(Receipt.NOTHING, Map.of());

    Following and(Following other) {
        Map<RecordKey, List<Finding>> all = new HashMap<>(warnings);
        other.warnings.forEach((key, more) -> all.merge(key, more, Following::both));
        return new Following(receipt.and(other.receipt), all);
    }

    /** The same, told of one record only. */
    Following of(RecordKey key) {
        List<Finding> all = warnings.values().stream().flatMap(List::stream).toList();
        return new Following(receipt, all.isEmpty() ? Map.of() : Map.of(key, all));
    }

    /** Tells of it in the receipt, and in the results of those that were followed. */
    <T> Written<T> tellIn(Written<T> written) {
        Written<T> further = written.and(receipt);
        return warnings.isEmpty()
                ? further
                : further.with(further.results().stream().map(this::tell).toList());
    }

    private <T> Result<T> tell(Result<T> result) {
        return result instanceof Result.Changed<T>(Change<T> change, List<Finding> before)
                ? new Result.Changed<>(
                        change,
                        both(before, warnings.getOrDefault(change.after().key(), List.of())))
                : result;
    }

    private static List<Finding> both(List<Finding> some, List<Finding> more) {
        List<Finding> both = new ArrayList<>(some);
        both.addAll(more);
        return List.copyOf(both);
    }
}
