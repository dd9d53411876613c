package org.voyage.feeds.delivery.queue;

import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Something that is to be stored: the queue goes on without an event, or ends.
 *
 * @param position of the event that was set aside; null for all other kinds
 */
public record QueueNotice(NoticeKind kind, @Nullable FeedPosition position) {

    /** Kind of a notice. */
    public enum NoticeKind {
        /** An event was refused so often that its record goes on without it. */
        EVENT_SET_ASIDE,
        /** It was down for too long. */
        ENDPOINT_DISABLED,
        /** It answered 410. */
        ENDPOINT_GONE
    }
}
