package org.voyage.feeds.delivery.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.queue.DeliveryOutcome;
import org.voyage.feeds.delivery.queue.DeliveryOutcome.OutcomeKind;

/**
 * What a receiver replied.
 *
 * @param status HTTP status; 0 without a whole reply
 * @param failure name of the failure without a whole reply, e.g. {@code timeout}; null with one
 * @param excerpt begin of the reply: foreign text, for the alliance alone
 */
public record WebhookReply(
        OutcomeKind kind,
        int status,
        @Nullable String failure,
        Duration retryAfter,
        Duration duration,
        String excerpt) {

    private static final String EXPIRED = "expired";

    public DeliveryOutcome outcome() {
        return new DeliveryOutcome(kind, retryAfter);
    }

    /** Returns the reply in place of that to an event that is no longer kept: it is done, and reported. */
    public static WebhookReply expired() {
        return new WebhookReply(OutcomeKind.ACCEPTED, 0, EXPIRED, Duration.ZERO, Duration.ZERO, "");
    }

    /** Returns the reply in place of that to a request that could not be sent by a fault of this service. */
    public static WebhookReply failed() {
        return new WebhookReply(OutcomeKind.UNAVAILABLE, 0, "internal", Duration.ZERO, Duration.ZERO, "");
    }

    public boolean isExpired() {
        return EXPIRED.equals(failure);
    }

    public boolean isAccepted() {
        return kind == OutcomeKind.ACCEPTED;
    }

    static OutcomeKind kindOf(int status) {
        return switch (status) {
            case 410 -> OutcomeKind.GONE;
            case 429, 502, 503, 504 -> OutcomeKind.UNAVAILABLE;
            default -> status >= 200 && status < 300 ? OutcomeKind.ACCEPTED : OutcomeKind.REFUSED;
        };
    }
}
