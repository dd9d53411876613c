package org.voyage.overseas;

import java.time.Instant;

/**
 * A row that came before its school.
 *
 * @param record its type, e.g. {@code overseas-headcount}
 * @param school the sourceId of the school it waits for, in the same province
 * @param body the record as it was sent
 */
public record Parked(String record, RecordKey key, String school, String body, Cause cause, Instant parkedAt) {}
