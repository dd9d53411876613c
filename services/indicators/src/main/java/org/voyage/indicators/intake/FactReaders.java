package org.voyage.indicators.intake;

import java.util.HashMap;
import java.util.Map;

/** One reader per record type, for one thread. */
public final class FactReaders {

    private final Map<String, FactReader> byRecord = new HashMap<>();

    public FactReaders(Layouts layouts, Dictionaries dictionaries) {
        for (RecordLayout layout : layouts.all()) {
            byRecord.put(layout.record(), new FactReader(layout, dictionaries));
        }
    }

    public FactReader of(String record) {
        FactReader reader = byRecord.get(record);
        if (reader == null) {
            throw new IllegalArgumentException("no record " + record);
        }
        return reader;
    }
}
