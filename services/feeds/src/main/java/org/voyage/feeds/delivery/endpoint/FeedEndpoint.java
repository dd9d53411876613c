package org.voyage.feeds.delivery.endpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint of a feed.
 *
 * @param reason of a disabled one
 * @param version grows with each change that a deliverer must know
 */
public record FeedEndpoint(
        String id,
        String feed,
        String alliance,
        String url,
        boolean batch,
        EndpointStatus status,
        @Nullable DisableReason reason,
        Instant statusSince,
        int version,
        Instant createdAt) {}
