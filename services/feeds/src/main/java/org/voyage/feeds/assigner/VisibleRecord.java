package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;

/**
 * Record as a reader in whose scope it is sees it.
 *
 * @param canonical canonical JSON of the state
 * @param shownFields fields on grant that the state shows, as {@code record.field}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record VisibleRecord(RecordDimensions dimensions, ObjectNode state, byte[] canonical, Set<String> shownFields) {

    /** Returns those of the fields that the state shows. */
    static Set<String> findShownFields(FeedRecord record, JsonNode state, Set<String> fields) {
        String prefix = record.wireName() + ".";
        Set<String> shown = new TreeSet<>();
        for (String field : fields) {
            if (field.startsWith(prefix) && isShown(state, field.substring(prefix.length()))) {
                shown.add(field);
            }
        }
        return shown;
    }

    private static boolean isShown(JsonNode state, String field) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            return state.has(field);
        }
        for (JsonNode object : state.path(field.substring(0, dot))) {
            if (object.has(field.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }
}
