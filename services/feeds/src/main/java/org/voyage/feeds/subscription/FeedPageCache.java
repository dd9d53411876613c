package org.voyage.feeds.subscription;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.feed.FeedReader;
import org.voyage.feeds.scope.FeedScope;

/**
 * Cache of encoded pages, so that many streams of one feed cost little more than one. Streams at one position share a look
 * at the database; full pages are kept for those that come later.
 *
 * <p>Each look reads whether the alliance may go on, and its scope. The scope is a part of the key: a page that a narrower grant
 * withholds is never found again. So is the epoch, because a restored database has other events.
 */
@ApplicationScoped
class FeedPageCache {

    private static final int PAGE_EVENTS = 100;
    private static final long MAX_CACHED_BYTES = 16L * 1024 * 1024;
    /** Memory of a key and an entry, by estimate. */
    private static final int ENTRY_BYTES = 4 * 1024;

    private static final Duration KEPT_UNREAD = Duration.ofMinutes(1);
    private static final String SUSPENDED = "alliance-suspended";
    private static final String DELETED = "feed-deleted";
    private static final String UNKNOWN_POSITION = "position-unknown";

    private final FeedAccess access;
    private final FeedStore feeds;
    private final FeedLogReader log;
    private final FeedReader reader;
    private final SharedReads<PlaceKey, PageAnswer> reads = new SharedReads<>();
    private final Cache<PageKey, FeedPage> fullPages = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_BYTES)
            .weigher((PageKey key, FeedPage page) -> ENTRY_BYTES + page.size())
            .expireAfterAccess(KEPT_UNREAD)
            .executor(Runnable::run)
            .build();

    FeedPageCache(FeedAccess access, FeedStore feeds, FeedLogReader log, FeedReader reader) {
        this.access = access;
        this.feeds = feeds;
        this.log = log;
        this.reader = reader;
    }

    private record PlaceKey(String feed, FeedPosition after) {}

    private record PageKey(String feed, int epoch, FeedPosition after, FeedScope scope) {}

    /**
     * Answer to a stream at a position.
     *
     * @param page empty at the end of the log
     * @param endReason why the stream ends; null while it goes on
     */
    record PageAnswer(FeedPage page, @Nullable String endReason) {}

    /** Returns the events after a position as the alliance of the feed may see them now. Blocks its thread. */
    PageAnswer readPage(Feed feed, FeedPosition after) throws InterruptedException {
        return reads.read(new PlaceKey(feed.id(), after), () -> lookUpPage(feed, after));
    }

    private PageAnswer lookUpPage(Feed feed, FeedPosition after) {
        if (!access.mayGoOn(feed.alliance())) {
            return new PageAnswer(FeedPage.EMPTY, SUSPENDED);
        }
        return feeds.find(feed.id())
                .map(now -> log.isBeyondEnd(now, after)
                        ? new PageAnswer(FeedPage.EMPTY, UNKNOWN_POSITION)
                        : new PageAnswer(findOrEncode(now, after), null))
                .orElseGet(() -> new PageAnswer(FeedPage.EMPTY, DELETED));
    }

    private FeedPage findOrEncode(Feed feed, FeedPosition after) {
        FeedScope scope = log.scopeOf(feed);
        PageKey key = new PageKey(feed.id(), feed.head().epoch(), after, scope);
        FeedPage known = fullPages.getIfPresent(key);
        if (known != null) {
            return known;
        }
        List<FeedMessage> messages = reader.readMessages(feed.id(), after, PAGE_EVENTS, scope);
        if (FeedReader.isScopeInDoubt(messages)) {
            Feed now = feeds.find(feed.id()).orElse(feed);
            if (!log.scopeOf(now).equals(scope)) {
                return findOrEncode(now, after);
            }
        }
        FeedPage page = FeedPage.encode(messages);
        if (messages.size() == PAGE_EVENTS) {
            fullPages.put(key, page);
        }
        return page;
    }
}
