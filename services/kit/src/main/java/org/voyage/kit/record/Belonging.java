package org.voyage.kit.record;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;

/**
 * How the records of one type belong to others.
 *
 * @param <T> the record that belongs
 * @param <P> what it belongs to
 */
public interface Belonging<T, P> {

    /** What the record names as the one it belongs to. */
    Parent parent(RecordKey key, T record);

    /** The field that names it. */
    String field(T record);

    /** The same record, belonging to another one of the same type. */
    T under(T record, RecordKey parent);

    /**
     * What the record says something about, within what it belongs to: such as a year. Two of one parent with an equal one
     * say the same twice.
     *
     * @return null if there may be any number of such records
     */
    @Nullable
    Object about(T record);

    /** Those of the parents that ever were, kept from changing until the transaction ends. */
    Map<Parent, Version<? extends P>> find(Collection<Parent> wanted);

    /**
     * Looks at a record beside the one it belongs to.
     *
     * @return where they contradict each other; the rules say what becomes of it
     */
    List<Finding> check(T record, P parent);
}
