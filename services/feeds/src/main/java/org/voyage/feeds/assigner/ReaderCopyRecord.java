package org.voyage.feeds.assigner;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;

/**
 * Record as it is in the copy of a reader that has read all events. For a feed that starts now, the copy begins with the
 * snapshot of its start.
 *
 * @param parentId outside id of the standard of a recognition, else null
 * @param state canonical JSON of the visible fields
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hasState
public record ReaderCopyRecord(FeedRecord record, @Nullable String parentId, int versionOrder, byte[] state) {

    boolean hasState(byte[] other) {
        return Arrays.equals(state, other);
    }
}
