package org.voyage.feeds.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Current state of a record, as the log has it.
 *
 * @param outsideId the only name of the record that a reader sees
 * @param versionOrder order of its version over the epochs of its service's log
 * @param state null while the record is withdrawn
 * @param parentId outside id of the standard of a recognition that is not withdrawn, else null
 * @param movedTo outside id of the record under which a withdrawn one goes on, else null
 */
public record RecordState(
        FeedRecord record,
        String province,
        String sourceId,
        String outsideId,
        int versionOrder,
        @Nullable JsonNode state,
        @Nullable String parentId,
        @Nullable String movedTo) {

    /** Returns the name of the record in data of events: {@code overseas-school/4tq8…}. */
    public String reference() {
        return record.wireName() + "/" + outsideId;
    }

    public boolean isWithdrawn() {
        return state == null;
    }
}
