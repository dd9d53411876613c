package org.voyage.feeds.delivery.endpoint;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Replay of events to one endpoint.
 *
 * @param kind wire name of what is replayed: events, range, undelivered
 * @param positions of the kind {@code events}
 * @param first of the kind {@code range}
 * @param last null of the kind {@code events}
 * @param doneTo every event of it up to there is done
 */
public record EventReplay(
        String id,
        String kind,
        List<FeedPosition> positions,
        @Nullable FeedPosition first,
        @Nullable FeedPosition last,
        @Nullable FeedPosition doneTo,
        long total,
        long delivered,
        long refused,
        boolean isDone,
        Instant createdAt,
        @Nullable Instant finishedAt) {}
