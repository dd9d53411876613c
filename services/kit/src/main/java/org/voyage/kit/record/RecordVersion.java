package org.voyage.kit.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record.
 *
 * @param number 1 for the first, then one more with every change
 * @param recordedAt when we knew it; grows with every version
 * @param reason why it was withdrawn; null while it stands
 * @param movedTo sourceId under which it goes on after it was renamed or merged; then it is withdrawn here
 * @param record what was sent; for a withdrawn one, what stood before
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

    /** A writer that began earlier may come later; what we know of one record still grows along the clock. */
    private Instant timeAfter(Instant now) {
        return now.isAfter(recordedAt) ? now : recordedAt.plusNanos(1_000);
    }
}
