package org.voyage.overseas;

import java.util.Collection;
import org.voyage.kit.outbox.Receipt;

/** A record that belongs to an overseas school: it waits for it, and the school cannot go while it stands. */
public interface NeedsSchool {

    /** Whether one of them stands. */
    boolean standsFor(RecordKey school);

    /** The schools have come, in this transaction: what was parked for them is applied. */
    Receipt arrived(Collection<RecordKey> schools, Writing writing);
}
