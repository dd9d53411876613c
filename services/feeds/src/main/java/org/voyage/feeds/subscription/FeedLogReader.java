package org.voyage.feeds.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.feed.FeedReader;
import org.voyage.feeds.feed.FeedWakeups;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScopeResolver;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.reference.ChinaTime;

/** Reads the log of a feed by position. */
@ApplicationScoped
class FeedLogReader {

    private static final FeedPosition FIRST = new FeedPosition(1, 0);

    private final FeedReader reader;
    private final FeedEventStore events;
    private final FeedScopeResolver scopes;
    private final FeedWakeups wakeups;
    private final Clock clock;

    FeedLogReader(
            FeedReader reader, FeedEventStore events, FeedScopeResolver scopes, FeedWakeups wakeups, Clock clock) {
        this.reader = reader;
        this.events = events;
        this.scopes = scopes;
        this.wakeups = wakeups;
        this.clock = clock;
    }

    /** Returns the scope of the feed at this moment. */
    FeedScope scopeOf(Feed feed) {
        return scopes.resolveScope(feed.alliance(), feed.filter(), today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ChinaTime.CHINA_ZONE);
    }

    /** Returns the messages after a position, at once. */
    List<FeedMessage> readMessages(Feed feed, FeedPosition after, int limit) {
        return reader.readMessages(feed.id(), after, limit, scopeOf(feed));
    }

    /** Returns the messages from one position to another, both included. */
    List<FeedMessage> readRange(Feed feed, FeedPosition from, FeedPosition to) {
        return reader.readRange(feed.id(), from, to, scopeOf(feed));
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

    /** Waits until there is an event after the position. @return false when the limit passes first */
    boolean awaitNews(Feed feed, FeedPosition after, Duration limit) throws InterruptedException {
        return wakeups.awaitNews(feed.id(), after, limit);
    }

    /**
     * Returns the position that a reader names.
     *
     * @param text the id of an event of this feed; null or absent begins at the oldest kept event
     * @param name of the parameter or header, for a finding
     * @throws Refusal.PositionExpired when events after the position are no longer kept
     * @throws Refusal.Malformed when no event of this feed has such an id
     */
    FeedPosition requirePosition(Feed feed, Optional<String> text, String name) {
        FeedPosition expired = feed.expired();
        if (text.isEmpty()) {
            return expired.epoch() == 0 ? FIRST : expired;
        }
        FeedPosition position = FeedPosition.parse(text.get())
                .filter(given -> given.compareTo(feed.head()) <= 0)
                .orElseThrow(() -> new Refusal.Malformed(new Finding(
                        name,
                        "feed-position",
                        "This is no position of the feed; its last is "
                                + feed.head().text() + ".",
                        "这不是该订阅的位置；其末尾位置为 " + feed.head().text() + "。")));
        if (position.compareTo(expired) < 0) {
            throw new Refusal.PositionExpired("/v1/feeds/" + feed.id() + "/snapshot");
        }
        return position;
    }
}
