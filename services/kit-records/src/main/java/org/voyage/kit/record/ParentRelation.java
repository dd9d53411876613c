package org.voyage.kit.record;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.problem.Finding;

/**
 * Relation between the records of one type and their parents.
 *
 * @param <T> the child record
 * @param <P> the parent record
 */
public interface ParentRelation<T, P> {

    /** Returns the parent that the record names. */
    ParentReference parentOf(RecordKey key, T record);

    /** Returns the field that names the parent. */
    String fieldOf(T record);

    /** Returns the same record with another parent of the same type. */
    T withParent(T record, RecordKey parent);

    /**
     * Returns the subject of the record within its parent, such as a year. Two records of one parent with equal
     * subjects are duplicates.
     *
     * @return null if there may be any number of such records
     */
    @Nullable
    Object subjectOf(T record);

    /**
     * Locks those of the parents that ever existed against change until the transaction ends.
     *
     * @param found receives them when the pipeline executes
     */
    void lockParents(
            Collection<ParentReference> wanted,
            StatementPipeline pipeline,
            Map<ParentReference, RecordVersion<? extends P>> found);

    /**
     * Returns active records of a province that may be parents, with their names.
     *
     * @param record type of the parent
     * @param limit maximum number
     */
    List<NamedRecord> listParents(Province province, String record, int limit);

    /**
     * Compares a record with its parent.
     *
     * @return contradictions between the two; the rules decide their severity
     */
    List<Finding> findContradictions(T record, P parent);
}
