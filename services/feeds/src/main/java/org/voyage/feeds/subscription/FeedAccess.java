package org.voyage.feeds.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.voyage.feeds.alliance.AllianceAccess;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Role;
import org.voyage.kit.problem.Refusal;

/** Decides which feeds the caller reaches: an alliance its own, operators and auditors all of them for reading. */
@ApplicationScoped
public class FeedAccess {

    private final Caller caller;
    private final AllianceAccess alliances;
    private final FeedStore feeds;

    FeedAccess(Caller caller, AllianceAccess alliances, FeedStore feeds) {
        this.caller = caller;
        this.alliances = alliances;
        this.feeds = feeds;
    }

    /**
     * Returns a feed of the calling alliance.
     *
     * @throws Refusal.NotFound if there is none, or it is another alliance's
     * @throws Refusal.Forbidden for another role, and for a suspended alliance
     */
    public Feed requireOwnFeed(String id) {
        String alliance = alliances.requireAlliance();
        return feeds.find(id).filter(feed -> feed.alliance().equals(alliance)).orElseThrow(Refusal.NotFound::new);
    }

    /** Returns a feed that the caller may look at: its own, or any for operators and auditors. */
    public Feed requireVisibleFeed(String id) {
        return isSupervisor() ? feeds.find(id).orElseThrow(Refusal.NotFound::new) : requireOwnFeed(id);
    }

    /** Returns the alliance whose feeds the caller may list; empty for operators and auditors, who list all. */
    Optional<String> listedAlliance() {
        return isSupervisor() ? Optional.empty() : Optional.of(alliances.requireAlliance());
    }

    /** Returns whether an open stream of the alliance may go on. */
    boolean mayGoOn(String alliance) {
        return alliances.mayRead(alliance);
    }

    String requireAlliance() {
        return alliances.requireAlliance();
    }

    Instant tokenExpiry() {
        return caller.tokenExpiry();
    }

    String clientId() {
        return caller.clientId();
    }

    private boolean isSupervisor() {
        return caller.hasRole(Role.OPERATOR) || caller.hasRole(Role.AUDITOR);
    }
}
