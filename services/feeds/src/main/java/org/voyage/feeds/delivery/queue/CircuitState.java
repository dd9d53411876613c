package org.voyage.feeds.delivery.queue;

import java.time.Instant;

/**
 * State of an endpoint that is down.
 *
 * @param failures probes that failed
 */
public record CircuitState(DownCause cause, Instant downSince, Instant nextProbeAt, int failures) {

    /** Cause for which an endpoint counts as down. */
    public enum DownCause {
        /** It could not be reached, or said so itself. */
        UNAVAILABLE,
        /** It refused one event after the other. */
        REFUSALS
    }
}
