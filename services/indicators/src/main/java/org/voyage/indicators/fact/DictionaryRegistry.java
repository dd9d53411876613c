package org.voyage.indicators.fact;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Registry of one dictionary per field name, shared by every record and figure that has the field. */
public final class DictionaryRegistry {

    private final Map<String, CodeDictionary> byField = new ConcurrentHashMap<>();

    /** Returns an independent copy with the same numbers: hypothetical codes leave the real dictionaries unchanged. */
    public DictionaryRegistry copy() {
        DictionaryRegistry copy = new DictionaryRegistry();
        byField.forEach((field, dictionary) -> copy.byField.put(field, dictionary.copy()));
        return copy;
    }

    /** Returns the number of codes, by field: equal sizes mean equal numbers. */
    public Map<String, Integer> sizesByField() {
        Map<String, Integer> sizes = new HashMap<>();
        byField.forEach((field, dictionary) -> sizes.put(field, dictionary.size()));
        return sizes;
    }

    public CodeDictionary dictionaryOf(String field) {
        return byField.computeIfAbsent(field, name -> new CodeDictionary());
    }
}
