package org.voyage.indicators.feature.stream;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/**
 * A value of one slice of a figure, now and before; what an event of the stream carries.
 *
 * @param value null when a derived figure has none, as a share of nothing
 * @param cause the last event that moved it, of a distinct count and of a derived figure the last one that moved what they are
 *     counted from; null for a first value, when no event moved it (the calendar did, or a rebuild), for a bureau when another province's record did, and where
 *     it is not remembered: more came at once, as with a large file, mostly where it is watched with filters or by several dimensions
 * @param version of the definition that it was computed with
 */
@Schema(name = "Change", description = "A value of one slice of a figure.")
public record StreamedChange(
        String indicator,
        Map<String, String> slice,
        String period,
        @Nullable Number value,
        @Nullable Number previous,
        PositionAnswer position,
        @Nullable TriggeringEvent cause,
        int version) {

    /** The same, where something else is said of the position. */
    StreamedChange withPosition(PositionAnswer other) {
        return new StreamedChange(indicator, slice, period, value, previous, other, cause, version);
    }
}
