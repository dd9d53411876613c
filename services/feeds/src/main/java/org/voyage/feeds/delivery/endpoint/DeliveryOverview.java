package org.voyage.feeds.delivery.endpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/**
 * How far the deliveries to an endpoint are.
 *
 * @param position every event up to it is accepted, set aside or held
 * @param lagEvents events after the position; null while the feed has begun another epoch
 * @param lagSeconds age of the oldest of them
 * @param downCause name of the cause; null while the endpoint is up
 * @param downSince null while the endpoint is up
 * @param nextTryAt of the probe, or of the first held event
 */
record DeliveryOverview(
        FeedPosition position,
        @Nullable Long lagEvents,
        long lagSeconds,
        @Nullable Instant oldestUnread,
        @Nullable String downCause,
        @Nullable Instant downSince,
        @Nullable Instant nextTryAt,
        long held,
        long undelivered) {}
