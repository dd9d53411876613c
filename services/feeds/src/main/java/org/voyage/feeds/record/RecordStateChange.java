package org.voyage.feeds.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of a record in the history. It keeps what was before it: the state at a moment is what was before the first later
 * change, or the current state.
 *
 * @param position order in which the assigner applied the changes; 0 for one that is not stored yet
 * @param time when the change was recorded
 * @param before null for a record that was not known
 */
public record RecordStateChange(
        long position,
        String outsideId,
        RecordUpdateKind change,
        Instant time,
        @Nullable RecordState before) {

    /** Returns the change of an update. */
    public static RecordStateChange of(RecordUpdate update, @Nullable RecordState before) {
        return new RecordStateChange(0, update.state().outsideId(), update.change(), update.time(), before);
    }
}
