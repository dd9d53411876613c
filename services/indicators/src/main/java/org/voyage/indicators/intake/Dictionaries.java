package org.voyage.indicators.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One dictionary per field name, shared by every record and figure that has the field. */
public final class Dictionaries {

    private final Map<String, Dictionary> byField = new ConcurrentHashMap<>();

    /** The same numbers, going on by themselves: what is only imagined leaves no trace in the real ones. */
    public Dictionaries copy() {
        Dictionaries copy = new Dictionaries();
        byField.forEach((field, dictionary) -> copy.byField.put(field, dictionary.copy()));
        return copy;
    }

    public Dictionary of(String field) {
        return byField.computeIfAbsent(field, name -> new Dictionary());
    }
}
