package org.voyage.feeds.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.voyage.feeds.alliance.AllianceAccess;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.feed.FeedReader;
import org.voyage.feeds.feed.FeedWakeups;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.GrantState;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Reads the log of a feed by position. */
@ApplicationScoped
class FeedLogReader {

    private static final FeedPosition FIRST = new FeedPosition(1, 0);
    private static final int COMPARISON_SECONDS = 5;

    private final FeedStore feeds;
    private final FeedReader reader;
    private final FeedEventStore events;
    private final FeedScopeResolver scopes;
    private final FeedWakeups wakeups;
    private final AllianceAccess alliances;

    FeedLogReader(
            FeedStore feeds,
            FeedReader reader,
            FeedEventStore events,
            FeedScopeResolver scopes,
            FeedWakeups wakeups,
            AllianceAccess alliances) {
        this.feeds = feeds;
        this.reader = reader;
        this.events = events;
        this.scopes = scopes;
        this.wakeups = wakeups;
        this.alliances = alliances;
    }

    /** Returns the scope of the feed at this moment. */
    FeedScope scopeOf(Feed feed) {
        return scopes.resolveScope(feed.alliance(), feed.filter());
    }

    /** Returns whether grants open what the feed asks for at this moment. */
    GrantState findGrantState(Feed feed) {
        return scopes.findGrantState(feed.alliance(), feed.filter());
    }

    /**
     * Returns the messages after a position, at once.
     *
     * @throws Refusal.PositionExpired when the first of them is no longer kept
     */
    List<FeedMessage> readMessages(Feed feed, FeedPosition after, int limit) {
        FeedScope scope = scopeOf(feed);
        while (true) {
            List<FeedMessage> read = reader.readMessages(feed.id(), after, limit, scope);
            // The retention may have passed the position since the feed was read.
            if (!read.isEmpty()
                    && !read.getFirst().position().isNextAfter(after)
                    && after.compareTo(events.findExpired(feed.id())) < 0) {
                throw expired(feed);
            }
            FeedScope now = FeedReader.isScopeInDoubt(read)
                    ? scopeOf(feeds.find(feed.id()).orElse(feed))
                    : scope;
            if (now.equals(scope)) {
                return read;
            }
            scope = now;
        }
    }

    /**
     * Returns the position of the last event that a reader wants.
     *
     * @param after position where its answers begin
     * @throws Refusal.Malformed when the events up to it are not of the epoch of {@code after}, or do not exist
     */
    FeedPosition requireEnd(Feed feed, FeedPosition after, String text) {
        FeedPosition end = requirePosition(feed, Optional.of(text), "?until");
        if (end.epoch() != after.epoch() || end.compareTo(after) < 0) {
            throw new Refusal.Malformed(Finding.query(
                    "until",
                    "feed-range",
                    "This is an event of the epoch of `after` and not before it; the answers begin after "
                            + after.text() + ".",
                    "应为与 after 同一纪元、且不早于 after 的事件；本次从 " + after.text() + " 之后读起。"));
        }
        FeedPosition last = end.epoch() == feed.head().epoch() ? end : findEnd(feed, end.epoch());
        if (end.compareTo(last) > 0) {
            throw new Refusal.Malformed(Finding.query(
                    "until",
                    "feed-position",
                    "The feed has no such event; the last one of epoch " + end.epoch() + " is " + last.text() + ".",
                    "该订阅没有此事件；第 " + end.epoch() + " 纪元的末尾事件为 " + last.text() + "。"));
        }
        return end;
    }

    private FeedPosition findEnd(Feed feed, int epoch) {
        FeedPosition last = events.findLast(feed.id(), epoch);
        return last.compareTo(feed.expired()) < 0 ? feed.expired() : last;
    }

    /** Returns the position of the last visible event; of sequence 0 before the first. */
    FeedPosition findHead(Feed feed) {
        return findHead(feed, events.findNewest(feed.id()));
    }

    /** @param newest visible event; empty also when the retention has deleted all */
    static FeedPosition findHead(Feed feed, Optional<FeedEventStore.StoredFeedEvent> newest) {
        FeedPosition begin = new FeedPosition(feed.head().epoch(), 0);
        return newest.map(it -> it.event().position())
                .orElse(feed.expired().compareTo(begin) > 0 ? feed.expired() : begin);
    }

    /**
     * Waits until there is an event after the position, or the alliance is suspended.
     *
     * @return false when the limit passes first
     */
    boolean awaitNews(Feed feed, FeedPosition after, Duration limit) throws InterruptedException {
        return wakeups.awaitNews(
                feed.id(), () -> events.hasEventAfter(feed.id(), after) || !alliances.mayRead(feed.alliance()), limit);
    }

    /**
     * Returns the position that a reader names.
     *
     * @param text the id of an event of this feed; null or absent begins at the oldest kept event
     * @param name of the parameter or header, for a finding
     * @throws Refusal.PositionExpired when events after the position are no longer kept
     * @throws Refusal.Malformed when no event of this feed has such an id
     * @throws Refusal.Unavailable when the database may have lost the event in a restore; a reset follows
     */
    FeedPosition requirePosition(Feed feed, Optional<String> text, String name) {
        FeedPosition position = requireStreamPosition(feed, text, name);
        if (position.compareTo(feed.head()) > 0) {
            throw new Refusal.Unavailable(
                    COMPARISON_SECONDS,
                    "The platform is comparing its feeds, as it does after a restore. Try again; a reset follows if it has"
                            + " lost events.",
                    "平台正在核对订阅数据（例如数据恢复之后），请稍后重试；如有事件丢失，将发送重置事件。");
        }
        return position;
    }

    /** Returns the same for a stream, which waits for the reset where a pull is refused: browsers do not repeat it. */
    FeedPosition requireStreamPosition(Feed feed, Optional<String> text, String name) {
        FeedPosition expired = feed.expired();
        if (text.isEmpty()) {
            return expired.epoch() == 0 ? FIRST : expired;
        }
        FeedPosition position = FeedPosition.parse(text.get())
                .filter(given -> !isBeyondEnd(feed, given))
                .orElseThrow(() -> new Refusal.Malformed(new Finding(
                        name,
                        "feed-position",
                        "This is no position of the feed; its last is "
                                + feed.head().text() + ".",
                        "这不是该订阅的位置；其末尾位置为 " + feed.head().text() + "。")));
        if (position.compareTo(expired) < 0) {
            throw expired(feed);
        }
        return position;
    }

    private static Refusal.PositionExpired expired(Feed feed) {
        return new Refusal.PositionExpired("/v1/feeds/" + feed.id() + "/snapshot");
    }

    /** Returns whether no event of the feed has, or had before a restore, so high a position. */
    boolean isBeyondEnd(Feed feed, FeedPosition position) {
        return position.compareTo(feed.head()) > 0
                && feeds.isCompared()
                // The reset may have come since the feed was read.
                && feeds.find(feed.id())
                        .filter(now -> position.compareTo(now.head()) > 0)
                        .isPresent();
    }
}
