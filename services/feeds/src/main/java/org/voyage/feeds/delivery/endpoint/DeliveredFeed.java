package org.voyage.feeds.delivery.endpoint;

import org.voyage.feeds.scope.FeedFilter;

/** Feed as deliveries need it. */
public record DeliveredFeed(String id, String alliance, FeedFilter filter) {}
