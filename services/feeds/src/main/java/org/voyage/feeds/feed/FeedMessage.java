package org.voyage.feeds.feed;

/**
 * Event as a reader gets it, by whatever way.
 *
 * @param kind wire name, e.g. {@code corrected}
 * @param orderKey outside id of the record; empty for an event of none. Deliveries keep the order of one key
 * @param body the same bytes by every way, unless the data are withheld by then
 */
public record FeedMessage(FeedPosition position, String kind, String orderKey, byte[] body) {}
