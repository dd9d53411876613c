package org.voyage.kit.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record.
 *
 * @param number 1 for the first, then one more with every change
 * @param recordedAt when the service recorded it; grows with every version
 * @param reason reason of the withdrawal; null for an active record
 * @param movedTo sourceId of the record after a rename or merge; the record is then withdrawn under this key
 * @param record the submitted state; for a withdrawn record the last one
 */
public record RecordVersion<T>(
        RecordKey key,
        int number,
        Instant recordedAt,
        ChangeCause cause,
        @Nullable String reason,
        @Nullable String movedTo,
        T record) {

    public boolean isWithdrawn() {
        return reason != null;
    }

    RecordVersion<T> nextVersion(Instant now, ChangeCause because, @Nullable String withdrawnFor, T changed) {
        return new RecordVersion<>(key, number + 1, timeAfter(now), because, withdrawnFor, null, changed);
    }

    RecordVersion<T> movedVersion(Instant now, ChangeCause because, String withdrawnFor, RecordKey to) {
        return new RecordVersion<>(key, number + 1, timeAfter(now), because, withdrawnFor, to.sourceId(), record);
    }

    /** Returns a recording time after that of this version, also for a writer that began earlier and writes later. */
    private Instant timeAfter(Instant now) {
        return now.isAfter(recordedAt) ? now : recordedAt.plusNanos(1_000);
    }
}
