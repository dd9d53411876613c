package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * What a transaction that will be rolled back would have told: kept for whoever tries it out, as long as the transaction
 * lasts, and never published.
 */
@ApplicationScoped
public class TriedEvents {

    private final TransactionSynchronizationRegistry transaction;

    TriedEvents(TransactionSynchronizationRegistry transaction) {
        this.transaction = transaction;
    }

    /**
     * Notes events in the caller's transaction.
     *
     * @throws IllegalStateException when no transaction is active
     */
    public void note(List<OutgoingEvent> events) {
        List<OutgoingEvent> all = new ArrayList<>(noted());
        all.addAll(events);
        transaction.putResource(this, all);
    }

    /** What was noted in the caller's transaction since this was asked last, in that order. */
    public List<OutgoingEvent> take() {
        List<OutgoingEvent> noted = noted();
        transaction.putResource(this, List.of());
        return noted;
    }

    @SuppressWarnings("unchecked") // nobody else has this key
    private List<OutgoingEvent> noted() {
        return transaction.getResource(this) instanceof List<?> noted ? (List<OutgoingEvent>) noted : List.of();
    }
}
