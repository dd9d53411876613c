package org.voyage.indicators.intake;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reader per record type, for one thread. */
public final class FactReaders {

    private final Map<String, FactReader> byRecord = new HashMap<>();
    /** Events of one record come in rows. */
    private String last = "";

    private @Nullable FactReader its;

    public FactReaders(Layouts layouts, Dictionaries dictionaries) {
        for (RecordLayout layout : layouts.all()) {
            byRecord.put(layout.record(), new FactReader(layout, dictionaries));
        }
    }

    public FactReader of(String record) {
        FactReader reader = record.equals(last) ? its : byRecord.get(record);
        if (reader == null) {
            throw new IllegalArgumentException("no record " + record);
        }
        last = record;
        its = reader;
        return reader;
    }
}
