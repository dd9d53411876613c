package org.voyage.indicators.feature.explanation;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Contribution of one fact to a value at one place: an amount, or the elements of a distinct count. */
final class FactContribution {

    /** Total order of the contributions to one figure: the largest first, whatever their sign. */
    static final Comparator<FactContribution> CONTRIBUTION_ORDER = Comparator.comparing(FactContribution::sortKey);

    final String key;
    final int version;
    /** The codes of the contribution's place; empty when the query is not by code. */
    final Map<String, String> place;

    private long amount;
    private Map<String, Long> elements = Map.of();

    FactContribution(String key, int version, Map<String, String> place) {
        this.key = key;
        this.version = version;
        this.place = place;
    }

    void addAmount(long more) {
        amount += more;
    }

    void addAmount(String element, long more) {
        if (elements.isEmpty()) {
            elements = new TreeMap<>();
        }
        elements.merge(element, more, Long::sum);
    }

    /** Returns whether the contribution is empty, as for a stock that ended within the period. */
    boolean isEmpty() {
        elements.values().removeIf(times -> times == 0);
        return amount == 0 && elements.isEmpty();
    }

    long amount() {
        return elements.isEmpty() ? amount : elements.size();
    }

    Set<String> elements() {
        return elements.keySet();
    }

    /** Returns the codes of the place as one text. */
    String placeCodes() {
        return String.join("\n", place.values());
    }

    ContributionSortKey sortKey() {
        return new ContributionSortKey(amount(), key, placeCodes());
    }

    /** The position of a contribution among those of its figure. */
    record ContributionSortKey(long amount, String key, String codes) implements Comparable<ContributionSortKey> {

        private static final Comparator<ContributionSortKey> LARGEST_FIRST = Comparator.comparingLong(
                        (ContributionSortKey at) -> -Math.abs(at.amount))
                .thenComparing(ContributionSortKey::key)
                .thenComparing(ContributionSortKey::codes);

        @Override
        public int compareTo(ContributionSortKey other) {
            return LARGEST_FIRST.compare(this, other);
        }
    }

    boolean isAfter(ContributionSortKey other) {
        return sortKey().compareTo(other) > 0;
    }
}
