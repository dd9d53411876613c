package org.voyage.indicators.feature.explanation;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one fact gives to a value at one place: an amount, or the elements that are counted once. */
final class FactContribution {

    /** No two of one figure are equal in it. */
    static final Comparator<FactContribution> CONTRIBUTION_ORDER = Comparator.<FactContribution, String>comparing(
                    given -> given.key)
            .thenComparing(FactContribution::placeCodes);

    final String key;
    final int version;
    /** The codes of what the figure is looked at code by code; empty where it is looked at as a whole. */
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

    /** A stock that ended again within the time asked for gives nothing. */
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

    /** The codes of its place in one text. */
    String placeCodes() {
        return String.join("\n", place.values());
    }

    /** Where one stands among those of its figure. */
    record ContributionSortKey(String key, String codes) {}

    boolean isAfter(ContributionSortKey other) {
        int compared = key.compareTo(other.key);
        return compared == 0 ? placeCodes().compareTo(other.codes) > 0 : compared > 0;
    }
}
