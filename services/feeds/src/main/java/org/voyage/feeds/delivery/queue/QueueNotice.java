package org.voyage.feeds.delivery.queue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;

/**
 * Something that the alliance is to know.
 *
 * @param position of the event that was set aside; null for all other kinds
 */
public record QueueNotice(NoticeKind kind, @Nullable FeedPosition position) {

    /** Kind of a notice. */
    public enum NoticeKind {
        /** An event was refused so often that its record goes on without it. */
        EVENT_SET_ASIDE,
        ENDPOINT_DOWN,
        ENDPOINT_RECOVERED,
        /** It was down for too long. */
        ENDPOINT_DISABLED,
        /** It answered 410. */
        ENDPOINT_GONE;

        /** Returns the name on the wire, e.g. {@code endpoint-down}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
