package org.voyage.feeds.delivery.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Event that was refused, or that waits for an earlier event of its record that was.
 *
 * @param refusals tries that counted
 * @param nextTryAt null for as soon as it is the first of its record
 */
public record HeldEvent(
        FeedPosition position,
        String orderKey,
        int refusals,
        @Nullable Instant nextTryAt) {}
