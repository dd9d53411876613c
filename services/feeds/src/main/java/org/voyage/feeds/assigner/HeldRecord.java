package org.voyage.feeds.assigner;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;

/**
 * What a reader of a feed holds of a record, if it has read all events.
 *
 * @param parentId outside id of the standard of a recognition, else null
 * @param state canonical JSON of the visible fields
 * @param wasSent false for a record in scope of which the feed has sent nothing yet, because it started later
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hasState
public record HeldRecord(
        FeedRecord record, @Nullable String parentId, int versionOrder, byte[] state, boolean wasSent) {

    boolean hasState(byte[] other) {
        return Arrays.equals(state, other);
    }
}
