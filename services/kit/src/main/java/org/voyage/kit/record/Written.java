package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.List;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Refusal;

/**
 * What became of everything that was sent together, in the order in which it was sent.
 *
 * @param own the receipt of each
 * @param more the receipt of what they brought along
 * @param arrived the records that stand and have just come or changed: what waits for them is tried
 */
public record Written<T>(List<Result<T>> results, List<Receipt> own, Receipt more, List<RecordKey> arrived) {

    public Written {
        if (results.size() != own.size()) {
            throw new IllegalArgumentException(results.size() + " results, " + own.size() + " receipts");
        }
    }

    /** Of everything. */
    public Receipt receipt() {
        List<Receipt> all = new ArrayList<>(own);
        all.add(more);
        return Receipt.of(all);
    }

    public Written<T> and(Receipt further) {
        return further.isNothing() ? this : new Written<>(results, own, more.and(further), arrived);
    }

    /** The same, with more to say about the results. */
    public Written<T> with(List<Result<T>> changed) {
        return new Written<>(changed, own, more, arrived);
    }

    /** @throws Refusal of the first that was refused, where all or none is to be written */
    Written<T> requireNoneRefused() {
        for (Result<T> result : results) {
            if (result instanceof Result.Refused<T>(Refusal refusal)) {
                throw refusal;
            }
        }
        return this;
    }

    /** What became of one of them, by its place. */
    Written<T> only(int place) {
        return new Written<>(List.of(results.get(place)), List.of(own.get(place)), more, List.of());
    }
}
