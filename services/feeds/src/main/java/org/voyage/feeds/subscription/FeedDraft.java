package org.voyage.feeds.subscription;

import org.voyage.feeds.scope.FeedFilter;

/**
 * Subscription as an alliance sends it.
 *
 * @param start {@code snapshot}, {@code now} or a time in UTC
 */
record FeedDraft(String name, FeedFilter filter, String start, boolean withKafka) {}
