package org.voyage.feeds.subscription;

import org.voyage.feeds.scope.FeedFilter;

/**
 * Subscription as an alliance sends it.
 *
 * @param start {@code snapshot} or {@code now}
 */
record FeedDraft(String name, FeedFilter filter, String start, boolean withKafka) {}
