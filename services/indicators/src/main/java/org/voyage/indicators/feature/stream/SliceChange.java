package org.voyage.indicators.feature.stream;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.HeadlineAnswer;

/**
 * Change of one slice's value as the hub remembers it: without a position, which is many times larger. The maps of
 * slices and the periods are shared by all changes of a channel.
 *
 * @param value null when a derived figure has no value, and where no province has reported
 * @param isReported whether any province has reported about the period; otherwise the value is missing
 * @param previous null for a first value, and when there was no value
 * @param cause the last event that changed the value, if it is known
 * @param version of the definition of the value
 * @param headline of the figure; only for the whole, null for other slices
 */
record SliceChange(
        String indicator,
        Map<String, String> slice,
        String period,
        @Nullable Number value,
        boolean isReported,
        @Nullable Number previous,
        @Nullable TriggeringEvent cause,
        int version,
        @Nullable HeadlineAnswer headline) {

    private static final int OBJECT_BYTES = 200;
    private static final int CAUSE_BYTES = 120;

    /** Returns an estimate of the memory of this change, in bytes. */
    int estimateBytes() {
        return OBJECT_BYTES + (cause == null ? 0 : CAUSE_BYTES + cause.key().length());
    }

    SliceChange withPrevious(@Nullable Number other) {
        return new SliceChange(indicator, slice, period, value, isReported, other, cause, version, headline);
    }
}
