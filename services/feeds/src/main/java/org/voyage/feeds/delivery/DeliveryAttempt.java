package org.voyage.feeds.delivery;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.delivery.queue.DeliveryRequest;

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

    static DeliveryAttempt of(DeliveryRequest request, WebhookReply reply, Instant time, @Nullable Instant nextTryAt) {
        return new DeliveryAttempt(
                time,
                request.events().getFirst().text(),
                request.events().getLast().text(),
                request.events().size(),
                reply.kind().name().toLowerCase(Locale.ROOT),
                reply.status(),
                reply.failure(),
                reply.duration().toMillis(),
                reply.excerpt(),
                nextTryAt);
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
