package org.voyage.indicators.explanation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one fact gives to a value at one place: an amount, or the elements that are counted once. */
final class Given {

    final String key;
    final int version;
    /** The codes of what the figure is looked at code by code; empty where it is looked at as a whole. */
    final Map<String, String> place;

    private long amount;
    private final Map<String, Long> elements = new TreeMap<>();

    Given(String key, int version, Map<String, String> place) {
        this.key = key;
        this.version = version;
        this.place = place;
    }

    void add(long more) {
        amount += more;
    }

    void add(String element, long more) {
        elements.merge(element, more, Long::sum);
    }

    /** A stock that ended again within the time asked for gives nothing. */
    boolean isNothing() {
        elements.values().removeIf(times -> times == 0);
        return amount == 0 && elements.isEmpty();
    }

    long amount() {
        return elements.isEmpty() ? amount : elements.size();
    }

    Set<String> elements() {
        return elements.keySet();
    }

    /** In the order of these texts it stands among those of its figure; no two have the same. */
    String order() {
        return key + "\n" + String.join("\n", place.values());
    }
}
