package org.voyage.kit.record;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * How the records of one type belong to others.
 *
 * @param <T> the record that belongs
 * @param <P> what it belongs to
 */
public interface ParentRelation<T, P> {

    /** What the record names as the one it belongs to. */
    ParentReference parentOf(RecordKey key, T record);

    /** The field that names it. */
    String fieldOf(T record);

    /** The same record, belonging to another one of the same type. */
    T withParent(T record, RecordKey parent);

    /**
     * What the record says something about, within what it belongs to: such as a year. Two of one parent with an equal one
     * say the same twice.
     *
     * @return null if there may be any number of such records
     */
    @Nullable
    Object subjectOf(T record);

    /** Those of the parents that ever were, kept from changing until the transaction ends. */
    Map<ParentReference, RecordVersion<? extends P>> lockParents(Collection<ParentReference> wanted);

    /**
     * Looks at a record beside the one it belongs to.
     *
     * @return where they contradict each other; the rules say what becomes of it
     */
    List<Finding> findContradictions(T record, P parent);
}
