package org.voyage.indicators.stream;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.query.Answers.PositionAnswer;

/**
 * A value of one slice of a figure, now and before; what an event of the stream carries.
 *
 * @param cause the last event that moved it; null for a first value and when only the calendar moved it
 */
@Schema(description = "A value of one slice of a figure.")
public record Change(
        String indicator,
        Map<String, String> slice,
        String period,
        long value,
        @Nullable Long previous,
        PositionAnswer position,
        @Nullable Cause cause) {}
