package org.voyage.kit.record.parent;

import java.util.Collection;
import java.util.List;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.WriteMode;

/**
 * A record that belongs to another one: it waits for it, the other cannot go while it stands, and it follows when the
 * other gets a new key. Every such record of a service is a bean.
 */
public interface ChildType {

    ChildRecords<?, ?> children();

    /** What holds of those under a parent; of none when it is of a type that has none. */
    SqlConditions childrenOf(ParentReference parent);

    /** Whether one of them stands under the parent. */
    default boolean hasActiveUnder(ParentReference parent) {
        return children().hasActive(childrenOf(parent));
    }

    /** Whether the figures of a year see one that stands under the parent. */
    default boolean countsInYearUnder(ParentReference parent, int year) {
        return children().countsInYear(childrenOf(parent), year);
    }

    /** What stands under the parent and contradicts it, as the parent is now. */
    default List<Finding> findContradictions(ParentReference parent) {
        return children().findContradictions(parent, childrenOf(parent));
    }

    /** Records of a type have come or changed, in this transaction: what is parked for them is tried. */
    default CascadeResult applyParkedRows(String record, Collection<RecordKey> keys, WriteMode writing) {
        return children().applyParkedRows(record, keys, writing);
    }

    /** Under both of two that become one there are some that say the same: each pair of them, to choose from. */
    default List<Finding> findDuplicates(ParentReference from, ParentReference to) {
        return children().duplicateMerger().findDuplicates(childrenOf(from), childrenOf(to));
    }

    /** Two parents become one: those that say the same as one of the side that is kept go on in that one. */
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

    /** Whether some under one of two parents went on in those of the other when the two became one. */
    default boolean wasMergedBy(ChangeCause merger, ParentReference parent) {
        return children().duplicateMerger().wasMergedBy(merger, childrenOf(parent));
    }

    /** The parent goes on under another key, in this transaction: so do they. */
    default CascadeResult moveChildren(ParentReference from, RecordKey to, ChangeCause cause, WriteMode writing) {
        return children().moveChildren(childrenOf(from), from, to, cause, writing);
    }
}
