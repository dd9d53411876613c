package org.voyage.demo;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Record of any type, as its fields on the wire. */
record RecordRow(DemoRecordType type, String province, String sourceId, Map<String, Object> fields)
        implements BureauRecord {

    RecordRow {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static RecordRow of(DemoRecordType type, String province, String sourceId) {
        return new RecordRow(type, province, sourceId, Map.of());
    }

    /** Returns this record with a field set; null removes the field. */
    RecordRow withField(String field, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value instanceof LocalDate date ? date.toString() : value);
        }
        return new RecordRow(type, province, sourceId, changed);
    }

    RecordRow withSourceId(String changed) {
        return new RecordRow(type, province, changed, fields);
    }

    /** Returns the text of a field; empty when it is absent. */
    String text(String field) {
        return String.valueOf(fields.getOrDefault(field, ""));
    }

    int number(String field) {
        return Integer.parseInt(text(field));
    }

    @Nullable
    LocalDate date(String field) {
        return fields.containsKey(field) ? LocalDate.parse(text(field)) : null;
    }
}
