package org.voyage.kit.outbox;

import java.util.List;
import java.util.Optional;

/** A record type whose whole state can be published again; each record of a service provides one as a bean. */
public interface RepublishableRecord {

    /** Returns the record's name, e.g. {@code overseas-school}. */
    String record();

    /**
     * Returns the next page of current states (withdrawn ones too) as events of kind {@code republished}, in the order
     * of their keys. Runs in the transaction that appends them, and locks the rows against change.
     *
     * @param after the last key of the page before
     * @return empty at the end
     */
    List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor);
}
