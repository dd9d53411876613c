package org.voyage.feeds.delivery.queue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Batch whose composition is fixed until it is accepted or dissolved.
 *
 * @param nextTryAt null for at once
 */
public record PendingBatch(
        List<FeedPosition> events, int refusals, @Nullable Instant nextTryAt) {}
