package org.voyage.feeds.delivery.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.voyage.feeds.alliance.AllianceAccess;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.subscription.Feed;
import org.voyage.feeds.subscription.FeedAccess;
import org.voyage.feeds.subscription.FeedStore;

/** Feeds that have endpoints: which the caller reaches, and what may be sent of one now. */
@ApplicationScoped
public class DeliveredFeeds {

    private final FeedAccess access;
    private final FeedStore feeds;
    private final AllianceAccess alliances;
    private final FeedScopeResolver scopes;

    DeliveredFeeds(FeedAccess access, FeedStore feeds, AllianceAccess alliances, FeedScopeResolver scopes) {
        this.access = access;
        this.feeds = feeds;
        this.alliances = alliances;
        this.scopes = scopes;
    }

    /** Returns a feed of the calling alliance; see {@link FeedAccess#requireOwnFeed}. */
    FeedWithEndpoints requireOwn(String id) {
        return toDelivered(access.requireOwnFeed(id));
    }

    /** Returns a feed that the caller may look at: its own, or any for operators and auditors. */
    FeedWithEndpoints requireVisible(String id) {
        return toDelivered(access.requireVisibleFeed(id));
    }

    public Optional<FeedWithEndpoints> find(String id) {
        return feeds.find(id).map(DeliveredFeeds::toDelivered);
    }

    private static FeedWithEndpoints toDelivered(Feed feed) {
        return new FeedWithEndpoints(feed.id(), feed.alliance(), feed.filter());
    }

    /** Returns what may be sent of a feed now; empty while its alliance is suspended, or the feed is deleted. */
    public Optional<FeedScope> findScope(String id) {
        return find(id).filter(feed -> alliances.mayRead(feed.alliance()))
                .map(feed -> scopes.resolveScope(feed.alliance(), feed.filter()));
    }
}
