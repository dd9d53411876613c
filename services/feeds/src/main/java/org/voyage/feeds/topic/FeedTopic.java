package org.voyage.feeds.topic;

import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.scope.FeedFilter;

/**
 * Feed that is written to a topic, as the database knows it.
 *
 * @param isOpen whether its alliance may read now
 * @param head position of the last numbered event
 * @param topicId of the topic that was written last; null before the first
 * @param noted end of this topic after the last note; the topic may be further
 * @param checkedScope scope by which no event of the topic is to be withheld, as JSON; null when none was compared
 * @param states what the topic of states holds
 * @param isFilling whether a scan fills the copy of a reader without an event of each record, or after a reset
 */
record FeedTopic(
        String feed,
        String alliance,
        FeedFilter filter,
        boolean isOpen,
        FeedPosition head,
        @Nullable String topicId,
        TopicEnd noted,
        @Nullable String checkedScope,
        StateTopicNote states,
        boolean isFilling) {

    String name() {
        return FeedTopicNames.topicOf(alliance, feed);
    }

    String stateName() {
        return FeedTopicNames.stateTopicOf(alliance, feed);
    }

    /** Returns the feed after its topic was made, or made again. */
    FeedTopic withTopic(String id) {
        return new FeedTopic(feed, alliance, filter, isOpen, head, id, TopicEnd.EMPTY, null, states, isFilling);
    }

    FeedTopic withCheckedScope(String scope) {
        return new FeedTopic(feed, alliance, filter, isOpen, head, topicId, noted, scope, states, isFilling);
    }

    FeedTopic withStates(StateTopicNote now) {
        return new FeedTopic(feed, alliance, filter, isOpen, head, topicId, noted, checkedScope, now, isFilling);
    }

    /** Returns the feed after a reset, which a scan of all records follows. */
    FeedTopic inEpoch(FeedPosition now) {
        return new FeedTopic(feed, alliance, filter, isOpen, now, topicId, noted, checkedScope, states, true);
    }
}
