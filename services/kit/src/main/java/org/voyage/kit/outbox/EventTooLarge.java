package org.voyage.kit.outbox;

/** The event of a change is larger than Kafka would take; the change is refused with it. */
public class EventTooLarge extends RuntimeException {

    private final int limit;

    EventTooLarge(String key, int limit) {
        super("The event of " + key + " exceeds " + limit + " bytes");
        this.limit = limit;
    }

    /** Largest event in bytes. */
    public int limit() {
        return limit;
    }
}
