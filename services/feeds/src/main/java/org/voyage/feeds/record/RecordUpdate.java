package org.voyage.feeds.record;

import java.time.Instant;

/**
 * Change of a record, as the log has it.
 *
 * @param change what the service says of the change
 * @param state the state after it
 * @param time when the change was recorded
 */
public record RecordUpdate(RecordUpdateKind change, RecordState state, Instant time) {}
