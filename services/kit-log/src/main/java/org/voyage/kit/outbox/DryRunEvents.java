package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of a transaction that will be rolled back: kept for the dry run as long as the transaction lasts, and never
 * published.
 */
@ApplicationScoped
public class DryRunEvents {

    private final TransactionSynchronizationRegistry transaction;

    DryRunEvents(TransactionSynchronizationRegistry transaction) {
        this.transaction = transaction;
    }

    /**
     * Adds events in the caller's transaction.
     *
     * @throws IllegalStateException when no transaction is active
     */
    public void addEvents(List<OutgoingEvent> events) {
        List<OutgoingEvent> all = new ArrayList<>(currentEvents());
        all.addAll(events);
        transaction.putResource(this, all);
    }

    /** Returns the events added in the caller's transaction since the last call, in their order. */
    public List<OutgoingEvent> takeEvents() {
        List<OutgoingEvent> noted = currentEvents();
        transaction.putResource(this, List.of());
        return noted;
    }

    @SuppressWarnings("unchecked") // nobody else has this key
    private List<OutgoingEvent> currentEvents() {
        return transaction.getResource(this) instanceof List<?> noted ? (List<OutgoingEvent>) noted : List.of();
    }
}
