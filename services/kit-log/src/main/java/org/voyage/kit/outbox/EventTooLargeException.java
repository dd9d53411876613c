package org.voyage.kit.outbox;

import org.voyage.kit.problem.Refusable;
import org.voyage.kit.problem.Refusal;

/** Refusal of a change whose event is larger than Kafka would accept. */
public class EventTooLargeException extends RuntimeException implements Refusable {

    private final int limit;

    EventTooLargeException(String key, int limit) {
        super("The event of " + key + " exceeds " + limit + " bytes");
        this.limit = limit;
    }

    @Override
    public Refusal toRefusal() {
        return new Refusal.TooLarge(limit);
    }
}
