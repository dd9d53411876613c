package org.voyage.overseas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a record.
 *
 * @param number 1 for the first, then one more with every change
 * @param recordedAt when we knew it
 * @param reason why it was withdrawn; null while it stands
 * @param record what was sent; for a withdrawn one, what stood before
 */
public record Version<T>(
        RecordKey key,
        int number,
        Instant recordedAt,
        Cause cause,
        @Nullable String reason,
        T record) {

    public boolean withdrawn() {
        return reason != null;
    }

    Version<T> next(Instant at, Cause because, @Nullable String withdrawnFor, T changed) {
        return new Version<>(key, number + 1, at, because, withdrawnFor, changed);
    }
}
