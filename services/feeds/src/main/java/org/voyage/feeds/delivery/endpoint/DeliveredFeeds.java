package org.voyage.feeds.delivery.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import javax.sql.DataSource;
import org.voyage.feeds.alliance.AllianceAccess;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScopeResolver;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Role;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.reference.ChinaTime;

/** Feeds that have endpoints: which the caller reaches, and what may be sent of one now. */
@ApplicationScoped
public class DeliveredFeeds {

    private final JdbcClient database;
    private final Caller caller;
    private final AllianceAccess alliances;
    private final FeedScopeResolver scopes;
    private final Clock clock;

    DeliveredFeeds(
            DataSource dataSource, Caller caller, AllianceAccess alliances, FeedScopeResolver scopes, Clock clock) {
        this.database = new JdbcClient(dataSource);
        this.caller = caller;
        this.alliances = alliances;
        this.scopes = scopes;
        this.clock = clock;
    }

    /**
     * Returns a feed of the calling alliance.
     *
     * @throws Refusal.NotFound if there is none, or it is another alliance's
     * @throws Refusal.Forbidden for another role, and for a suspended alliance
     */
    DeliveredFeed requireOwn(String id) {
        String alliance = alliances.requireAlliance();
        return find(id).filter(feed -> feed.alliance().equals(alliance)).orElseThrow(Refusal.NotFound::new);
    }

    /** Returns a feed that the caller may look at: its own, or any for operators and auditors. */
    DeliveredFeed requireVisible(String id) {
        return caller.hasRole(Role.OPERATOR) || caller.hasRole(Role.AUDITOR)
                ? find(id).orElseThrow(Refusal.NotFound::new)
                : requireOwn(id);
    }

    public Optional<DeliveredFeed> find(String id) {
        return database.queryFirst(
                "select id, alliance, filter from feed where id = ? and deleted_at is null",
                row -> new DeliveredFeed(row.getString(1), row.getString(2), FeedFilter.ofJson(row.getString(3))),
                id);
    }

    /** Returns what may be sent of a feed now; empty while its alliance is suspended, or the feed is deleted. */
    public Optional<FeedScope> findScope(String id) {
        return find(id).filter(feed -> alliances.mayRead(feed.alliance()))
                .map(feed -> scopes.resolveScope(
                        feed.alliance(), feed.filter(), LocalDate.ofInstant(clock.instant(), ChinaTime.CHINA_ZONE)));
    }
}
