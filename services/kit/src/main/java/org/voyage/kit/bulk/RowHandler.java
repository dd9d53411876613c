package org.voyage.kit.bulk;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.bulk.outcome.ChunkOutcome;

/**
 * What a record module does with rows: each through the same command as a single request. A bean, found by its record's
 * name: a file goes on after a restart without a request, so it cannot be handed over by one. What it needs of the
 * sender is in the {@link BatchContext}; it must not ask for the caller.
 */
public interface RowHandler {

    /** The records whose rows it handles, named as in topics: {@code overseas-school}. */
    Set<String> records();

    /**
     * Handles a chunk, inside the transaction that the engine opened. A row that breaks a rule becomes a refused
     * outcome and leaves nothing behind. An exception rolls the chunk back: after a conflict with other writes, or a
     * {@link org.voyage.kit.problem.Refusal} about its content, the engine calls again with the same or with fewer rows.
     *
     * @param rows at least one; no two with the same source id
     * @return one outcome for each row, in their order, and the receipt of what was appended to the outbox
     */
    ChunkOutcome handleRows(List<SubmittedRow> rows, BatchContext context);

    /** The field of a record whose text begins with the year that it is about; null if it has none. */
    default @Nullable String yearField(String record) {
        return null;
    }

    /**
     * Looks once at everything, when the last row has been handled: in the transaction of all rows, or in one after that
     * of the last.
     *
     * @param rows how many the file has
     */
    default List<BatchWarning> checkFile(BatchContext context, long rows) {
        return List.of();
    }

    /**
     * The next keys of the records of the sender's province that are stored, whether these stand or not, in their order.
     *
     * @param after the last one that is known; empty at the beginning
     * @return nothing at the end, or if nobody wants to know who spells them otherwise
     */
    default List<String> listStoredKeys(BatchContext context, String after) {
        return List.of();
    }

    /** Those of stored keys whose records stand. */
    default Set<String> findActiveKeys(BatchContext context, Set<String> keys) {
        return keys;
    }
}
