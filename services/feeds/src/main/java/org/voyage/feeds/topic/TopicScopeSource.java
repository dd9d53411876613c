package org.voyage.feeds.topic;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.voyage.feeds.alliance.AllianceAccess;
import org.voyage.feeds.grant.GrantReader;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScopeResolver;
import org.voyage.kit.reference.ChinaTime;

/** Source of the scopes by which topics are written, and of the readers of figures. */
@ApplicationScoped
class TopicScopeSource {

    private final AllianceAccess alliances;
    private final FeedScopeResolver scopes;
    private final GrantReader grants;
    private final Clock clock;

    TopicScopeSource(AllianceAccess alliances, FeedScopeResolver scopes, GrantReader grants, Clock clock) {
        this.alliances = alliances;
        this.scopes = scopes;
        this.grants = grants;
        this.clock = clock;
    }

    /** Returns what may be written now; empty while the alliance may not read. */
    Optional<FeedScope> findScope(FeedTopic topic) {
        return alliances.mayRead(topic.alliance())
                ? Optional.of(scopes.resolveScope(topic.alliance(), topic.filter(), today()))
                : Optional.empty();
    }

    /** Returns the alliances that may read the events of figures now. */
    Set<String> findFigureReaders() {
        return grants.readFigureReaders(today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ChinaTime.CHINA_ZONE);
    }
}
