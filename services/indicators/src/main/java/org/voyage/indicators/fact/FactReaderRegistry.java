package org.voyage.indicators.fact;

import java.util.HashMap;
import java.util.Map;

/** Registry of one fact reader per record type, for one thread. */
public final class FactReaderRegistry {

    private final Map<String, FactReader> byRecord = new HashMap<>();

    public FactReaderRegistry(RecordLayoutRegistry layouts, DictionaryRegistry dictionaries) {
        for (RecordLayout layout : layouts.all()) {
            byRecord.put(layout.record(), new FactReader(layout, dictionaries));
        }
    }

    public FactReader readerOf(String record) {
        FactReader reader = byRecord.get(record);
        if (reader == null) {
            throw new IllegalArgumentException("no record " + record);
        }
        return reader;
    }
}
