package org.voyage.indicators.feature.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.HeadlineAnswer;

/**
 * Change of one slice's value, the payload of a stream event.
 *
 * @param value null when a derived figure has no value, as for a share of nothing, and where no province has reported
 * @param status {@code not-reported} where no province has reported about the period; otherwise absent
 * @param event the last event that changed the value; of a distinct count or derived figure, the last event that
 *     changed an operand. It is null for first values, and for changes by the calendar or a rebuild. It is null for a
 *     bureau when another province's record changed the value. It is null when the buffer no longer holds the event, as
 *     after a large file, mostly with filters or several dimensions
 * @param version of the definition of the value
 * @param headline of the figure; only with the whole
 */
@Schema(name = "Change", description = "Value of one slice of a figure. / 指标在一组条件下的数值。")
public record StreamedChange(
        String indicator,

        @JsonSerialize(using = CoordinatesSerializer.class) @Schema(implementation = CodesByDimension.class)
        Map<String, String> slice,

        String period,
        @Nullable Number value,

        @Schema(
                nullable = true,
                description =
                        "only if the value is missing: not-reported means that no province has reported about the period,"
                                + " which differs from 0 / 仅在无数值时有此项；not-reported 表示该期间尚未报送，不等于 0",
                examples = NOT_REPORTED)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String status,

        @Nullable Number previous,
        PositionAnswer position,
        @Nullable TriggeringEvent event,
        int version,

        @Schema(
                nullable = true,
                description =
                        "only with the whole, which has an empty slice. It is sent again when reports of provinces change"
                                + " it, also if the value stays / 仅合计（slice 为空）时有此项；各省报送使其变化时重新发送，数值不变时亦同")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        HeadlineAnswer headline) {

    private static final String NOT_REPORTED = "not-reported";

    static StreamedChange of(SliceChange change, PositionAnswer position) {
        return new StreamedChange(
                change.indicator(),
                change.slice(),
                change.period(),
                change.value(),
                change.isReported() ? null : NOT_REPORTED,
                change.previous(),
                position,
                change.cause(),
                change.version(),
                change.headline());
    }
}
