package org.voyage.feeds.topic;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.voyage.feeds.alliance.AllianceAccess;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScopeResolver;
import org.voyage.kit.reference.ChinaTime;

/** Source of the scopes by which topics are written. */
@ApplicationScoped
class TopicScopeSource {

    private final AllianceAccess alliances;
    private final FeedScopeResolver scopes;
    private final Clock clock;

    TopicScopeSource(AllianceAccess alliances, FeedScopeResolver scopes, Clock clock) {
        this.alliances = alliances;
        this.scopes = scopes;
        this.clock = clock;
    }

    /** Returns what may be written now; empty while the alliance may not read. */
    Optional<FeedScope> findScope(FeedTopic topic) {
        return alliances.mayRead(topic.alliance())
                ? Optional.of(scopes.resolveScope(
                        topic.alliance(), topic.filter(), LocalDate.ofInstant(clock.instant(), ChinaTime.CHINA_ZONE)))
                : Optional.empty();
    }
}
