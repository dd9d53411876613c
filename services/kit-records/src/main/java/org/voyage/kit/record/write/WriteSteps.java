package org.voyage.kit.record.write;

import java.util.List;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.record.ChangeSet;
import org.voyage.kit.record.WriteResult;

/**
 * Steps of a write that belong to its type: what it loads, how it decides, and what follows from the stored changes.
 * Loading takes one round trip, storing another. A dry run takes the same steps.
 */
@FunctionalInterface
public interface WriteSteps<T> {

    /** Adds statements that run after the entry into the transaction and before the lock of the records. */
    default void addLoads(StatementPipeline pipeline) {}

    /** Returns the decision about each submission. The records and all loads are known. */
    RecordRepository.WriteDecision<T> prepareDecision(ChangeSet<T> changes);

    /** Adds statements that run after the changes and their events are stored. */
    default void addFollowUps(ChangeSet<T> changes, List<WriteResult<T>> results, StatementPipeline pipeline) {}
}
