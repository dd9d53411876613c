package org.voyage.indicators.explanation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one fact gives to a value: an amount, or the elements that are counted once. */
final class Given {

    final String key;
    final int version;
    private long amount;
    private final Map<String, Long> elements = new TreeMap<>();

    Given(String key, int version) {
        this.key = key;
        this.version = version;
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
}
