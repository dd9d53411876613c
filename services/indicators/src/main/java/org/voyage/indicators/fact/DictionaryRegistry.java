package org.voyage.indicators.fact;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One dictionary per field name, shared by every record and figure that has the field. */
public final class DictionaryRegistry {

    private final Map<String, CodeDictionary> byField = new ConcurrentHashMap<>();

    /** The same numbers, going on by themselves: what is only imagined leaves no trace in the real ones. */
    public DictionaryRegistry copy() {
        DictionaryRegistry copy = new DictionaryRegistry();
        byField.forEach((field, dictionary) -> copy.byField.put(field, dictionary.copy()));
        return copy;
    }

    /** How many numbers there are, by field: as long as these are the same, so are all numbers. */
    public Map<String, Integer> sizesByField() {
        Map<String, Integer> sizes = new HashMap<>();
        byField.forEach((field, dictionary) -> sizes.put(field, dictionary.size()));
        return sizes;
    }

    public CodeDictionary dictionaryOf(String field) {
        return byField.computeIfAbsent(field, name -> new CodeDictionary());
    }
}
