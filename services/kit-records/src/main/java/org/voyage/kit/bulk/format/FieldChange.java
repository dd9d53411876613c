package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that a row would change.
 *
 * @param before null if the field was absent
 * @param after null if the field would be absent
 */
public record FieldChange(
        String field, @Nullable JsonNode before, @Nullable JsonNode after) {

    /** Returns the fields in which two states of a record differ, in their order. */
    public static List<FieldChange> between(ObjectNode before, ObjectNode after) {
        var names = new LinkedHashSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        var changes = new ArrayList<FieldChange>();
        for (var name : names) {
            @Nullable JsonNode old = before.get(name);
            @Nullable JsonNode now = after.get(name);
            if (old == null || !old.equals(now)) {
                changes.add(new FieldChange(name, old, now));
            }
        }
        return changes;
    }
}
