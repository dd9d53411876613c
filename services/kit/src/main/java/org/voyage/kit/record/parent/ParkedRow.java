package org.voyage.kit.record.parent;

import java.time.Instant;
import java.util.List;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordKey;

/**
 * A row that came before the record that it belongs to.
 *
 * @param record its type, e.g. {@code overseas-headcount}
 * @param body the record as it was sent
 * @param findings why it could not be applied when the other had come; empty while it only waits
 */
public record ParkedRow(
        String record,
        RecordKey key,
        ParentReference parent,
        String body,
        ChangeCause cause,
        Instant parkedAt,
        List<Finding> findings) {}
