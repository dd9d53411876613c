package org.voyage.kit.record.parent;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;

/**
 * Record type with a parent: a child waits for its parent, keeps it from being withdrawn, and follows it to a new key.
 * Every such type of a service is a bean.
 */
public interface ChildType {

    ChildRecords<?, ?> children();

    /** Returns the condition for the children of a parent; it matches none if the type has no parents of that type. */
    SqlConditions childrenOf(ParentReference parent);

    /** Returns whether the parent has an active child. */
    default boolean hasActiveUnder(ParentReference parent) {
        return children().hasActive(childrenOf(parent));
    }

    /** Returns whether the figures of a year count an active child of the parent. */
    default boolean countsInYearUnder(ParentReference parent, int year) {
        return children().countsInYear(childrenOf(parent), year);
    }

    /** Returns contradictions between active children and the current parent, after the pipeline has executed. */
    default Supplier<List<Finding>> findContradictions(ParentReference parent, StatementPipeline pipeline) {
        return children().findContradictions(parent, childrenOf(parent), pipeline);
    }

    /** Returns the active records that references to missing parents of a type may mean. */
    default Map<ParentReference, NamedRecord> findMeantParents(Collection<ParentReference> missing) {
        return children().findMeantParents(missing);
    }

    /** Applies the parked rows of records that have arrived or changed in this transaction. */
    default CascadeResult applyParkedRows(String record, Collection<RecordKey> keys, WriteMode writing) {
        return children().applyParkedRows(record, keys, writing);
    }

    /** Returns a finding for each pair of duplicates under two parents that are merged. */
    default List<Finding> findDuplicates(ParentReference from, ParentReference to) {
        return children().duplicateMerger().findDuplicates(childrenOf(from), childrenOf(to));
    }

    /** Merges duplicates under two parents that are merged into those of the side that is kept. */
    default Receipt mergeChildren(
            ParentReference from,
            ParentReference to,
            RecordMove.MergeSide keep,
            String reason,
            ChangeCause cause,
            WriteMode writing) {
        return keep == RecordMove.MergeSide.TARGET
                ? children().duplicateMerger().mergeDuplicates(childrenOf(from), childrenOf(to), reason, cause, writing)
                : children()
                        .duplicateMerger()
                        .mergeDuplicates(childrenOf(to), childrenOf(from), reason, cause, writing);
    }

    /** Returns whether a merge has merged children of one parent into those of the other. */
    default boolean wasMergedBy(ChangeCause merger, ParentReference parent) {
        return children().duplicateMerger().wasMergedBy(merger, childrenOf(parent));
    }

    /** Moves the children to the new key of their parent, in this transaction. */
    default CascadeResult moveChildren(ParentReference from, RecordKey to, ChangeCause cause, WriteMode writing) {
        return children().moveChildren(childrenOf(from), from, to, cause, writing);
    }
}
