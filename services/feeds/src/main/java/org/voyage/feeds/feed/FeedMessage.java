package org.voyage.feeds.feed;

import org.jspecify.annotations.Nullable;

/**
 * Event as a reader gets it, by whatever way.
 *
 * @param kind wire name, e.g. {@code corrected}
 * @param orderKey outside id of the record; empty for an event of none. Deliveries keep the order of one key
 * @param body the same bytes by every way, unless the data are withheld by then
 * @param isWithheld whether the scope by which the event was read does not allow its data
 * @param traceparent span before; for our own traces, readers do not get it. Null when the event has no trace
 */
public record FeedMessage(
        FeedPosition position,
        String kind,
        String orderKey,
        byte[] body,
        boolean isWithheld,
        @Nullable String traceparent) {}
