package org.voyage.feeds.assigner;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScope.GrantedRule;
import org.voyage.feeds.scope.MemberSet;
import org.voyage.feeds.scope.ScopeCalendar;
import org.voyage.feeds.scope.ScopeRule;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.reference.ChinaTime;

/** Evaluator of the scopes of feeds: a scope that has changed, by whatever cause, begins a scan of all records. */
@ApplicationScoped
class FeedScopeEvaluator {

    private static final Logger LOG = Logger.getLogger(FeedScopeEvaluator.class);

    private final FeedScopeResolver resolver;
    private final ScopeCalendar calendar;

    FeedScopeEvaluator(FeedScopeResolver resolver, ScopeCalendar calendar) {
        this.resolver = resolver;
        this.calendar = calendar;
    }

    /** Returns the day on which scopes are evaluated now. */
    LocalDate today() {
        return calendar.today();
    }

    /**
     * Evaluates the scope of a feed.
     *
     * @param isNewDay whether this is its first evaluation on the day
     * @param isFirst whether this is its first evaluation since the start of the service, which may have other files
     * @return the changed feed; empty when nothing has changed
     */
    Optional<FeedRow> evaluate(FeedRow feed, LocalDate day, boolean isNewDay, boolean isFirst) {
        if (feed.replay() != null) {
            return feed.stoppedReason() == null
                    ? Optional.empty()
                    : Optional.of(feed.withScope(Objects.requireNonNull(feed.scope()), feed.scan()));
        }
        Optional<Instant> past = feed.scope() == null && feed.scan() == null ? findPastStart(feed) : Optional.empty();
        LocalDate judged = past.map(each -> LocalDate.ofInstant(each, ChinaTime.CHINA_ZONE))
                .orElse(day);
        FeedScope now;
        FeedFilter filter;
        try {
            filter = FeedFilter.ofJson(feed.filter());
            now = resolveScope(feed, filter, judged);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            return stopFeed(feed, "its scope cannot be resolved: " + e.getMessage());
        }
        if (past.isPresent()) {
            return Optional.of(feed.withScope(now, beginFirstScan(feed)).withReplay(FeedReplay.of(past.get(), judged)));
        }
        RecordScan running = feed.scan();
        if (running != null && running.cause() == ScanCause.BASELINE) {
            return Optional.empty();
        }
        if (feed.scope() == null) {
            return Optional.of(feed.withScope(now, running == null ? beginFirstScan(feed) : running));
        }
        if (now.equals(feed.scope())) {
            return feed.stoppedReason() == null && feed.filter().equals(feed.scopeFilter())
                    ? Optional.empty()
                    : Optional.of(feed.withScope(now, running));
        }
        ScanCause cause = running != null && running.cause().makesCopy()
                ? running.cause()
                : findCause(feed, filter, now, isNewDay, isFirst);
        return Optional.of(feed.withScope(now, RecordScan.begin(cause)));
    }

    /**
     * Goes on with a replay to the day of its next change, or to the first day before it whose scope differs: the records
     * are judged by it as they were.
     */
    FeedRow evaluateReplayedDay(FeedRow feed) {
        FeedReplay replay = Objects.requireNonNull(feed.replay());
        LocalDate due = Objects.requireNonNull(replay.dueDay());
        try {
            FeedFilter filter = FeedFilter.ofJson(feed.filter());
            for (LocalDate day = replay.day().plusDays(1); !day.isAfter(due); day = day.plusDays(1)) {
                FeedScope scope = resolveScope(feed, filter, day);
                if (!scope.equals(feed.scope())) {
                    ScanCause cause = feed.filter().equals(feed.scopeFilter()) ? ScanCause.DAY : ScanCause.FILTER;
                    return feed.withScope(scope, RecordScan.begin(cause)).withReplay(replay.onDay(day));
                }
            }
            return feed.withReplay(replay.onDay(due));
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            return feed.stopped("its scope cannot be resolved: " + e.getMessage());
        }
    }

    private FeedScope resolveScope(FeedRow feed, FeedFilter filter, LocalDate day) {
        // The assigner has no caller: without a scope it would see no grant and no member.
        return DatabaseScope.runForAllProvinces(() -> resolver.resolveScope(feed.alliance(), filter, day));
    }

    private static Optional<Instant> findPastStart(FeedRow feed) {
        return feed.startAt().equals(ScanCause.FROM_SNAPSHOT) || feed.startAt().equals(ScanCause.FROM_NOW)
                ? Optional.empty()
                : Optional.of(Instant.parse(feed.startAt()));
    }

    private static Optional<FeedRow> stopFeed(FeedRow feed, String reason) {
        if (reason.equals(feed.stoppedReason())) {
            return Optional.empty();
        }
        LOG.errorf("feed %s stops: %s", feed.id(), reason);
        return Optional.of(feed.stopped(reason));
    }

    private static RecordScan beginFirstScan(FeedRow feed) {
        return RecordScan.begin(ScanCause.ofStart(feed.startAt()));
    }

    private static ScanCause findCause(
            FeedRow feed, FeedFilter filter, FeedScope now, boolean isNewDay, boolean isFirst) {
        FeedScope before = Objects.requireNonNull(feed.scope());
        if (!feed.filter().equals(feed.scopeFilter())) {
            return ScanCause.FILTER;
        }
        if (isNewDay) {
            return ScanCause.DAY;
        }
        if (!withoutMembers(before).equals(withoutMembers(now))) {
            boolean isOfFiles = isFirst && withoutCountries(before).equals(withoutCountries(now));
            return !isOfFiles ? ScanCause.GRANT : isByRegion(filter) ? ScanCause.REGION : ScanCause.LIST;
        }
        return ScanCause.MEMBER;
    }

    private static boolean isByRegion(FeedFilter filter) {
        return filter.regions() != null && filter.lists() == null;
    }

    private static FeedScope withoutMembers(FeedScope scope) {
        return mapRules(scope, rule -> copy(rule, rule.countries(), rule.members() != null));
    }

    private static FeedScope withoutCountries(FeedScope scope) {
        return mapRules(scope, rule -> copy(rule, null, rule.members() != null));
    }

    private interface RuleChange {
        ScopeRule apply(ScopeRule rule);
    }

    private static FeedScope mapRules(FeedScope scope, RuleChange change) {
        List<GrantedRule> grants = scope.grants().stream()
                .map(grant -> new GrantedRule(change.apply(grant.rule()), grant.fields()))
                .toList();
        return new FeedScope(grants, change.apply(scope.filter()));
    }

    private static ScopeRule copy(ScopeRule rule, @Nullable Set<String> countries, boolean isOfMembers) {
        return new ScopeRule(
                rule.records(),
                countries,
                rule.provinces(),
                rule.brands(),
                rule.colleges(),
                isOfMembers ? new MemberSet(Set.of(), Set.of()) : null);
    }
}
