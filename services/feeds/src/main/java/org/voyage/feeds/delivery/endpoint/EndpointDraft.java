package org.voyage.feeds.delivery.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.http.SigningAlgorithm;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Endpoint as an alliance wants it.
 *
 * @param signing at least one
 * @param after position after which it begins; null for the oldest kept event
 */
record EndpointDraft(
        String url,
        List<SigningAlgorithm> signing,
        boolean batch,
        @Nullable FeedPosition after) {}
