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
public record Version<T>(
        RecordKey key,
        int number,
        Instant recordedAt,
        Cause cause,
        @Nullable String reason,
        @Nullable String movedTo,
        T record) {

    public boolean withdrawn() {
        return reason != null;
    }

    Version<T> next(Instant now, Cause because, @Nullable String withdrawnFor, T changed) {
        return new Version<>(key, number + 1, after(now), because, withdrawnFor, null, changed);
    }

    Version<T> moved(Instant now, Cause because, String withdrawnFor, RecordKey to) {
        return new Version<>(key, number + 1, after(now), because, withdrawnFor, to.sourceId(), record);
    }

    /** A writer that began earlier may come later; what we know of one record still grows along the clock. */
    private Instant after(Instant now) {
        return now.isAfter(recordedAt) ? now : recordedAt.plusNanos(1_000);
    }
}
