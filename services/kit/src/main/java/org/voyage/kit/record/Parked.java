package org.voyage.kit.record;

import java.time.Instant;
import java.util.List;
import org.voyage.kit.web.Finding;

/**
 * A row that came before the record that it belongs to.
 *
 * @param record its type, e.g. {@code overseas-headcount}
 * @param body the record as it was sent
 * @param findings why it could not be applied when the other had come; empty while it only waits
 */
public record Parked(
        String record,
        RecordKey key,
        Parent parent,
        String body,
        Cause cause,
        Instant parkedAt,
        List<Finding> findings) {}
