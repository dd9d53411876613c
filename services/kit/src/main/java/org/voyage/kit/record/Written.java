package org.voyage.kit.record;

import java.util.List;
import org.voyage.kit.outbox.Receipt;

/**
 * What became of everything that was sent together, in the order in which it was sent.
 *
 * @param arrived the records that stand and have just come or changed: what waits for them is tried
 */
public record Written<T>(List<Result<T>> results, Receipt receipt, List<RecordKey> arrived) {

    public Written<T> and(Receipt more) {
        return more.isNothing() ? this : new Written<>(results, receipt.and(more), arrived);
    }
}
