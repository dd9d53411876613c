package org.voyage.kit.record.parent;

import java.time.Instant;
import java.util.List;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.RecordKey;

/**
 * A row that waits for its parent.
 *
 * @param record type of the row, e.g. {@code overseas-headcount}
 * @param body the record as it was sent
 * @param findings why the row could not be applied after the arrival of the parent; empty while it only waits
 */
public record ParkedRow(
        String record,
        RecordKey key,
        ParentReference parent,
        String body,
        ChangeCause cause,
        Instant parkedAt,
        List<Finding> findings) {}
