package org.voyage.feeds.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Change of a record, as the log has it.
 *
 * @param change what the service says of the change
 * @param state the state after it
 * @param time when the change was recorded
 * @param traceparent span before; null when the change has no trace
 */
public record RecordUpdate(
        RecordUpdateKind change,
        RecordState state,
        Instant time,
        @Nullable String traceparent) {

    /** Creates a change without a trace. */
    public RecordUpdate(RecordUpdateKind change, RecordState state, Instant time) {
        this(change, state, time, null);
    }
}
