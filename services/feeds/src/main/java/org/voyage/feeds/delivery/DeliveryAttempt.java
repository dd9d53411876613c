package org.voyage.feeds.delivery;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.delivery.queue.DeliveryRequest;
import org.voyage.feeds.feed.FeedPosition;

/** One request and its reply, as it is noted. */
record DeliveryAttempt(
        Instant time,
        String first,
        String last,
        int events,
        String outcome,
        int status,
        @Nullable String failure,
        long millis,
        String excerpt,
        @Nullable Instant nextTryAt) {

    /** Outcome of an event that was deleted before it was delivered: no request was sent. */
    private static final String EXPIRED = "expired";

    static DeliveryAttempt of(DeliveryRequest request, WebhookReply reply, Instant time, @Nullable Instant nextTryAt) {
        return new DeliveryAttempt(
                time,
                request.events().getFirst().text(),
                request.events().getLast().text(),
                request.events().size(),
                reply.isExpired() ? EXPIRED : reply.kind().name().toLowerCase(Locale.ROOT),
                reply.status(),
                reply.isExpired() ? null : reply.failure(),
                reply.duration().toMillis(),
                reply.excerpt(),
                nextTryAt);
    }

    static DeliveryAttempt ofExpired(FeedPosition position, Instant time) {
        return new DeliveryAttempt(time, position.text(), position.text(), 1, EXPIRED, 0, null, 0, "", null);
    }

    /** Returns this attempt together with a later accepted one. */
    DeliveryAttempt with(DeliveryAttempt later) {
        return new DeliveryAttempt(
                time,
                first,
                later.last,
                events + later.events,
                outcome,
                later.status,
                null,
                later.millis,
                later.excerpt,
                null);
    }
}
