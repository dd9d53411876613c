package org.voyage.feeds.topic;

import org.jspecify.annotations.Nullable;

/**
 * Note of what the topic of states of a feed holds.
 *
 * @param topicId of the topic that was written last; null before the first
 * @param offset of the last message that is known to be in it; -1 when none is known
 * @param scope by which each of its messages was written, as JSON; null before the first
 * @param epoch of the feed whose records are all in it; 0 while they are to be written
 */
record StateTopicNote(
        @Nullable String topicId, long offset, @Nullable String scope, int epoch) {

    /** Returns the note of a topic that was just made. */
    static StateTopicNote ofNew(String topicId) {
        return new StateTopicNote(topicId, -1, null, 0);
    }

    StateTopicNote withOffset(long now) {
        return new StateTopicNote(topicId, now, scope, epoch);
    }

    StateTopicNote withScope(String now) {
        return new StateTopicNote(topicId, offset, now, epoch);
    }

    StateTopicNote withEpoch(int now) {
        return new StateTopicNote(topicId, offset, scope, now);
    }
}
