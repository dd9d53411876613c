package org.voyage.feeds.assigner;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;

/**
 * What a reader of a feed holds of a record, if it has read all events; for a feed that starts now, after the snapshot of its
 * start.
 *
 * @param parentId outside id of the standard of a recognition, else null
 * @param state canonical JSON of the visible fields
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hasState
public record HeldRecord(FeedRecord record, @Nullable String parentId, int versionOrder, byte[] state) {

    boolean hasState(byte[] other) {
        return Arrays.equals(state, other);
    }
}
