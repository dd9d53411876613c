package org.voyage.feeds.grant;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.alliance.MemberSetReader;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.scope.FeedFilterParser;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScope.GrantedRule;
import org.voyage.feeds.scope.FilterGrantCheck;
import org.voyage.feeds.scope.GrantState;
import org.voyage.feeds.scope.MemberSet;
import org.voyage.feeds.scope.ScopeCalendar;
import org.voyage.feeds.scope.ScopeRule;
import org.voyage.kit.reference.CountryGroups;

/** Resolver of the scope of a feed: grants in force, members and lists on one day, read from the database each time. */
@ApplicationScoped
public class FeedScopeResolver {

    private final GrantReader grants;
    private final MemberSetReader members;
    private final ScopeCalendar calendar;
    private final CountryGroups groups;
    private final FeedFilterParser filters;

    /** @param lists folder whose lists of countries replace those of the platform, or add some */
    FeedScopeResolver(
            GrantReader grants,
            MemberSetReader members,
            ScopeCalendar calendar,
            @ConfigProperty(name = "voyage.feeds.country-lists") Optional<Path> lists) {
        this.grants = grants;
        this.members = members;
        this.calendar = calendar;
        this.groups = CountryGroups.load(lists);
        this.filters = new FeedFilterParser(groups);
    }

    /** Returns the parser of filters and grants, which knows the lists and regions that this resolver resolves. */
    public FeedFilterParser filters() {
        return filters;
    }

    /** Returns the scope of a filter at this moment. */
    public FeedScope resolveScope(String alliance, FeedFilter filter) {
        return resolveScope(alliance, filter, calendar.today());
    }

    /** Returns the scope of a filter on a day of Asia/Shanghai. */
    public FeedScope resolveScope(String alliance, FeedFilter filter, LocalDate day) {
        return toScope(alliance, filter, day, grants.readGrants(alliance, day));
    }

    /**
     * Returns the scope of everything that is granted, as it would be with one grant changed or added.
     *
     * @param id of the grant that the candidate replaces, if there is one
     */
    public FeedScope resolveScopeWith(String alliance, LocalDate day, String id, GrantReader.GrantInForce candidate) {
        List<GrantReader.GrantInForce> inForce = new ArrayList<>(grants.readOtherGrants(alliance, day, id));
        inForce.add(candidate);
        return toScope(alliance, FeedFilter.EVERYTHING, day, inForce);
    }

    /** Returns the scope of everything that is granted, as it would be without one of the grants. */
    public FeedScope resolveScopeWithout(String alliance, LocalDate day, String id) {
        return toScope(alliance, FeedFilter.EVERYTHING, day, grants.readOtherGrants(alliance, day, id));
    }

    /** Returns what a filter names and no grant in force opens at this moment, by the names of the conditions. */
    public Map<String, List<String>> findUngranted(String alliance, FeedFilter filter) {
        LocalDate day = calendar.today();
        FeedScope scope = resolveScope(alliance, filter, day);
        return checkGrants(scope).findUngranted(filter, list -> groups.membersOn(list, day), groups::countriesIn);
    }

    /** Returns whether grants open at this moment what a filter asks for. */
    public GrantState findGrantState(String alliance, FeedFilter filter) {
        LocalDate day = calendar.today();
        FeedScope scope = resolveScope(alliance, filter, day);
        if (checkGrants(scope).isOpen()) {
            return GrantState.GRANTED;
        }
        MemberSet none = new MemberSet(Set.of(), Set.of());
        List<ScopeRule> begun = grants.readBegunRules(alliance, day).stream()
                .map(rule -> toRule(rule, day, none))
                .toList();
        return new FilterGrantCheck(scope.filter(), begun).isOpen() ? GrantState.GRANT_ENDED : GrantState.NOT_GRANTED;
    }

    private static FilterGrantCheck checkGrants(FeedScope scope) {
        return new FilterGrantCheck(
                scope.filter(), scope.grants().stream().map(GrantedRule::rule).toList());
    }

    private FeedScope toScope(
            String alliance, FeedFilter filter, LocalDate day, List<GrantReader.GrantInForce> inForce) {
        MemberSet all = filter.ofMembers()
                        || inForce.stream().anyMatch(grant -> grant.rule().ofMembers())
                ? members.readMembers(alliance, day)
                : new MemberSet(Set.of(), Set.of());
        return new FeedScope(
                inForce.stream()
                        .map(grant -> new GrantedRule(toRule(grant.rule(), day, all), grant.fields()))
                        .toList(),
                toRule(filter, day, all));
    }

    private ScopeRule toRule(FeedFilter filter, LocalDate day, MemberSet members) {
        return new ScopeRule(
                filter.records() == null ? EnumSet.allOf(FeedRecord.class) : EnumSet.copyOf(filter.records()),
                resolveCountries(filter, day),
                toSet(filter.provinces()),
                toSet(filter.brands()),
                toSet(filter.colleges()),
                filter.ofMembers() ? members : null);
    }

    private @Nullable Set<String> resolveCountries(FeedFilter filter, LocalDate day) {
        return intersect(
                toSet(filter.countries()),
                intersect(
                        unite(filter.lists(), list -> groups.membersOn(list, day)),
                        unite(filter.regions(), groups::countriesIn)));
    }

    private static @Nullable Set<String> unite(
            @Nullable List<String> codes, Function<String, Set<String>> countriesOf) {
        if (codes == null) {
            return null;
        }
        Set<String> all = new TreeSet<>();
        codes.forEach(code -> all.addAll(countriesOf.apply(code)));
        return all;
    }

    private static @Nullable Set<String> intersect(@Nullable Set<String> one, @Nullable Set<String> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static @Nullable Set<String> toSet(@Nullable Collection<String> codes) {
        return codes == null ? null : new TreeSet<>(codes);
    }
}
