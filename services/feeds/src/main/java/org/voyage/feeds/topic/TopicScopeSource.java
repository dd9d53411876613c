package org.voyage.feeds.topic;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.voyage.feeds.alliance.AllianceAccess;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.grant.GrantReader;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.ScopeCalendar;

/** Source of the scopes by which topics are written, and of the readers of figures. */
@ApplicationScoped
class TopicScopeSource {

    private final AllianceAccess alliances;
    private final FeedScopeResolver scopes;
    private final GrantReader grants;
    private final ScopeCalendar calendar;

    TopicScopeSource(AllianceAccess alliances, FeedScopeResolver scopes, GrantReader grants, ScopeCalendar calendar) {
        this.alliances = alliances;
        this.scopes = scopes;
        this.grants = grants;
        this.calendar = calendar;
    }

    /** Returns what may be written now; empty while the alliance may not read. */
    Optional<FeedScope> findScope(FeedTopic topic) {
        return alliances.mayRead(topic.alliance())
                ? Optional.of(scopes.resolveScope(topic.alliance(), topic.filter()))
                : Optional.empty();
    }

    /** Returns the alliances that may read the events of figures now. */
    Set<String> findFigureReaders() {
        return grants.readFigureReaders(calendar.today());
    }
}
