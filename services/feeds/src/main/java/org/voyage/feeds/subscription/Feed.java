package org.voyage.feeds.subscription;

import java.time.Instant;
import java.util.Optional;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.scope.FeedFilter;

/**
 * Subscription of an alliance.
 *
 * @param start {@code snapshot}, {@code now} or a time in UTC
 * @param version grows with each change of name or filter
 * @param head position of the last numbered event; sequence 0 before the first
 * @param expired position of the last event that the retention has deleted; epoch 0 when it has deleted none
 * @param scanCause why a scan over all records is due or runs, or {@code replay}; empty while none is
 */
public record Feed(
        String id,
        String alliance,
        String name,
        FeedFilter filter,
        String start,
        boolean withKafka,
        Instant createdAt,
        int version,
        FeedPosition head,
        FeedPosition expired,
        Optional<String> scanCause) {}
