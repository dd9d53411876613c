package org.voyage.feeds.delivery.queue;

import java.time.Duration;

/**
 * Outcome of a request.
 *
 * @param retryAfter zero if the receiver named none
 */
public record DeliveryOutcome(OutcomeKind kind, Duration retryAfter) {

    /** Kind of an outcome. */
    public enum OutcomeKind {
        /** 2xx. */
        ACCEPTED,
        /** Another status, also a redirect: it is about the event. */
        REFUSED,
        /** Connected, but no whole answer in time: about the event until others are answered no better. */
        BROKEN,
        /** No connection, or 429, 502, 503, 504: it is about the endpoint. */
        UNAVAILABLE,
        /** 410: the receiver wants no more. */
        GONE
    }

    public static DeliveryOutcome of(OutcomeKind kind) {
        return new DeliveryOutcome(kind, Duration.ZERO);
    }
}
