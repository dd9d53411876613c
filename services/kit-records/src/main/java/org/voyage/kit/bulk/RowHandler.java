package org.voyage.kit.bulk;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.bulk.outcome.BatchWarning;
import org.voyage.kit.bulk.outcome.ChunkOutcome;

/**
 * Handler of the rows of a record module; it runs each row through the command of a single request. It is a bean, found
 * by its record's name, because a file continues after a restart without a request. The {@link BatchContext} has the
 * facts about the sender; a handler must not use the caller.
 */
public interface RowHandler {

    /** Returns the records whose rows it handles, named as in topics: {@code overseas-school}. */
    Set<String> records();

    /**
     * Handles a chunk, inside the transaction that the engine opened. A row that breaks a rule becomes a refused
     * outcome and leaves nothing behind. An exception rolls the chunk back: after a conflict with other writes, or a
     * {@link org.voyage.kit.problem.Refusal} about its content, the engine calls again with the same or with fewer
     * rows.
     *
     * @param rows at least one; no two with the same source id
     * @return one outcome for each row, in their order, and the receipt of the appended events
     */
    ChunkOutcome handleRows(List<SubmittedRow> rows, BatchContext context);

    /** Returns the field of a record whose text begins with its reporting year; null if it has none. */
    default @Nullable String yearField(String record) {
        return null;
    }

    /**
     * Checks the file as a whole after its last row: in the transaction of all rows, or in one after that of the last.
     *
     * @param rows number of rows of the file
     */
    default List<BatchWarning> checkFile(BatchContext context, long rows) {
        return List.of();
    }

    /**
     * Returns the next stored keys of the sender's province, withdrawn records included, in their order.
     *
     * @param after the last known key; empty at the beginning
     * @return empty at the end, or if the record has no check for similar keys
     */
    default List<String> listStoredKeys(BatchContext context, String after) {
        return List.of();
    }

    /** Returns those of the keys that active records of the sender's province have. */
    default Set<String> findActiveKeys(BatchContext context, Set<String> keys) {
        return Set.of();
    }
}
