package org.voyage.feeds.delivery.endpoint;

import org.voyage.feeds.scope.FeedFilter;

/** Feed whose events go to endpoints. */
public record FeedWithEndpoints(String id, String alliance, FeedFilter filter) {}
