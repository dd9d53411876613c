package org.voyage.feeds.delivery.queue;

import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Event that waits for its delivery.
 *
 * @param orderKey of two events with the same key the later one waits for the earlier one
 * @param isReset no later event is sent before it
 * @param bytes size of the body
 */
public record QueuedEvent(FeedPosition position, String orderKey, boolean isReset, int bytes) {

    /** Returns the event of a message; events of no record keep the order of their kind. */
    public static QueuedEvent of(FeedMessage message) {
        return new QueuedEvent(
                message.position(),
                message.orderKey().isEmpty() ? message.kind() : message.orderKey(),
                message.kind().equals(FeedEventKind.RESET.wireName()),
                message.body().length);
    }
}
