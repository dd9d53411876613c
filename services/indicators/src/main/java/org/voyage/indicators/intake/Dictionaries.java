package org.voyage.indicators.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One dictionary per field name, shared by every record and figure that has the field. */
public final class Dictionaries {

    private final Map<String, Dictionary> byField = new ConcurrentHashMap<>();

    public Dictionary of(String field) {
        return byField.computeIfAbsent(field, name -> new Dictionary());
    }
}
