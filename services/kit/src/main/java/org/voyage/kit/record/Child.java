package org.voyage.kit.record;

import java.util.Collection;
import org.voyage.kit.outbox.Receipt;

/**
 * A record that belongs to another one: it waits for it, the other cannot go while it stands, and it follows when the
 * other gets a new key. Every such record of a service is a bean.
 */
public interface Child {

    /** Whether one of them stands under the parent. */
    boolean standsUnder(Parent parent);

    /** Whether the figures of a year see one that stands under the parent. */
    boolean countsUnder(Parent parent, int year);

    /** Records of a type have come or changed, in this transaction: what is parked for them is tried. */
    Receipt arrived(String record, Collection<RecordKey> keys, Writing writing);

    /** The parent goes on under another key, in this transaction: so do they. */
    Receipt moved(Parent from, RecordKey to, Cause cause, Writing writing);
}
