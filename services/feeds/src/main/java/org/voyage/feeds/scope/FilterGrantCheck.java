package org.voyage.feeds.scope;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;

/**
 * Check of a filter against grants. A filter that names more than they open would give less than it says, without a word. A
 * province is open only where a grant names it: a filter by provinces reports the province of each record.
 */
public final class FilterGrantCheck {

    /** Condition that a value is looked at in; all others are to be met by the same grant. */
    private enum Condition {
        RECORDS,
        COUNTRIES,
        PROVINCES,
        BRANDS,
        NONE
    }

    private final ScopeRule filter;
    private final List<ScopeRule> grants;

    public FilterGrantCheck(ScopeRule filter, List<ScopeRule> grants) {
        this.filter = filter;
        this.grants = grants;
    }

    /** Returns whether some grant opens a part of what the filter asks for. */
    public boolean isOpen() {
        return grants.stream().anyMatch(grant -> meetsOthers(grant, Condition.NONE));
    }

    /**
     * Returns what the filter names and no grant opens, by the names of the conditions.
     *
     * @param named the filter with the lists and regions that it names
     */
    public Map<String, List<String>> findUngranted(
            FeedFilter named,
            Function<String, Set<String>> countriesOfList,
            Function<String, Set<String>> countriesIn) {
        Map<String, List<String>> ungranted = new LinkedHashMap<>();
        put(
                ungranted,
                "records",
                findClosed(
                                named.records(),
                                Condition.RECORDS,
                                (grant, record) -> grant.records().contains(record))
                        .stream()
                        .map(FeedRecord::wireName)
                        .toList());
        Set<String> closed = findClosedCountries();
        if (named.countries() != null) {
            put(
                    ungranted,
                    "countries",
                    named.countries().stream().filter(closed::contains).toList());
        } else {
            put(ungranted, "lists", describeGroups(named.lists(), countriesOfList, closed));
            put(ungranted, "regions", describeGroups(named.regions(), countriesIn, closed));
        }
        put(
                ungranted,
                "provinces",
                findClosed(
                        named.provinces(),
                        Condition.PROVINCES,
                        (grant, province) ->
                                grant.provinces() != null && grant.provinces().contains(province)));
        put(
                ungranted,
                "brands",
                findClosed(
                        named.brands(),
                        Condition.BRANDS,
                        (grant, brand) ->
                                grant.brands() == null || grant.brands().contains(brand)));
        return ungranted;
    }

    private static void put(Map<String, List<String>> ungranted, String condition, List<String> values) {
        if (!values.isEmpty()) {
            ungranted.put(condition, values);
        }
    }

    private <V> List<V> findClosed(@Nullable List<V> values, Condition condition, BiPredicate<ScopeRule, V> opens) {
        return values == null
                ? List.of()
                : values.stream()
                        .filter(value -> grants.stream()
                                .noneMatch(grant -> meetsOthers(grant, condition) && opens.test(grant, value)))
                        .toList();
    }

    private Set<String> findClosedCountries() {
        Set<String> closed = new TreeSet<>(filter.countries() == null ? Set.of() : filter.countries());
        for (ScopeRule grant : grants) {
            if (meetsOthers(grant, Condition.COUNTRIES)) {
                if (grant.countries() == null) {
                    return Set.of();
                }
                closed.removeAll(grant.countries());
            }
        }
        return closed;
    }

    /** Returns the lists or regions that have closed countries, with these. */
    private static List<String> describeGroups(
            @Nullable List<String> groups, Function<String, Set<String>> countriesOf, Set<String> closed) {
        if (groups == null) {
            return List.of();
        }
        return groups.stream()
                .flatMap(group -> {
                    Set<String> outside = new TreeSet<>(countriesOf.apply(group));
                    outside.retainAll(closed);
                    return outside.isEmpty()
                            ? Stream.empty()
                            : Stream.of(group + " (" + String.join(" ", outside) + ")");
                })
                .toList();
    }

    private boolean meetsOthers(ScopeRule grant, Condition condition) {
        return (condition == Condition.RECORDS || !Collections.disjoint(grant.records(), filter.records()))
                && (condition == Condition.COUNTRIES || overlap(grant.countries(), filter.countries()))
                && (condition == Condition.PROVINCES
                        || filter.provinces() == null
                        || (grant.provinces() != null && overlap(grant.provinces(), filter.provinces())))
                && (condition == Condition.BRANDS || overlap(grant.brands(), filter.brands()));
    }

    private static boolean overlap(@Nullable Set<String> one, @Nullable Set<String> other) {
        return one == null || other == null || !Collections.disjoint(one, other);
    }
}
