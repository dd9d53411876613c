package org.voyage.feeds.topic;

import org.voyage.feeds.feed.FeedPosition;

/**
 * Last event of a topic.
 *
 * @param position of the event; sequence 0 when there is none
 * @param offset of its message; -1 when it is not known
 */
record TopicEnd(FeedPosition position, long offset) {

    static final TopicEnd EMPTY = new TopicEnd(new FeedPosition(0, 0), -1);
}
