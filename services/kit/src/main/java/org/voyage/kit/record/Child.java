package org.voyage.kit.record;

import java.util.Collection;
import java.util.List;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Finding;

/**
 * A record that belongs to another one: it waits for it, the other cannot go while it stands, and it follows when the
 * other gets a new key. Every such record of a service is a bean.
 */
public interface Child {

    ChildRecords<?, ?> children();

    /** What holds of those under a parent; of none when it is of a type that has none. */
    Conditions under(Parent parent);

    /** Whether one of them stands under the parent. */
    default boolean standsUnder(Parent parent) {
        return children().stand(under(parent));
    }

    /** Whether the figures of a year see one that stands under the parent. */
    default boolean countsUnder(Parent parent, int year) {
        return children().count(under(parent), year);
    }

    /** What stands under the parent and contradicts it, as the parent is now. */
    default List<Finding> contradicting(Parent parent) {
        return children().contradicting(parent, under(parent));
    }

    /** Records of a type have come or changed, in this transaction: what is parked for them is tried. */
    default Following arrived(String record, Collection<RecordKey> keys, Writing writing) {
        return children().arrived(record, keys, writing);
    }

    /** Under both of two that become one there are some that say the same: each pair of them, to choose from. */
    default List<Finding> saidByBoth(Parent from, Parent to) {
        return children().twins().saidByBoth(under(from), under(to));
    }

    /** Two parents become one: those that say the same as one of the side that is kept go on in that one. */
    default Receipt merged(Parent from, Parent to, Move.Keep keep, String reason, Cause cause, Writing writing) {
        return keep == Move.Keep.TARGET
                ? children().twins().goOnIn(under(from), under(to), reason, cause, writing)
                : children().twins().goOnIn(under(to), under(from), reason, cause, writing);
    }

    /** Whether some under one of two parents went on in those of the other when the two became one. */
    default boolean leftFor(Cause merger, Parent parent) {
        return children().twins().leftFor(merger, under(parent));
    }

    /** The parent goes on under another key, in this transaction: so do they. */
    default Following moved(Parent from, RecordKey to, Cause cause, Writing writing) {
        return children().moved(under(from), from, to, cause, writing);
    }
}
