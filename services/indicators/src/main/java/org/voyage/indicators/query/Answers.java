package org.voyage.indicators.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.indicator.Unit;
import org.voyage.indicators.reference.Label;

/** The shapes of the answers about figures. */
public final class Answers {

    private Answers() {}

    @Schema(description = "A figure: what it is called, what it counts, and what it can be split by.")
    public record IndicatorAnswer(
            String code,
            int version,
            Text name,
            Unit unit,
            String record,

            @Schema(
                    description = "stock: at a date; flow: in a period; flow-of-year: known by year only",
                    examples = "stock")
            String period,

            List<String> dimensions,
            List<String> lists,
            Text derivation) {}

    public record IndicatorsAnswer(List<IndicatorAnswer> items) {}

    @Schema(description = "The figure that a value is of.")
    public record Heading(String code, int version, Text name, Unit unit) {}

    @Schema(description = "What the answer holds: every event before these Kafka offsets, as of this moment.")
    public record PositionAnswer(
            @Schema(description = "per topic and partition the offset of the first event that is not counted yet")
            Map<String, Map<String, Long>> topics,

            Instant time) {}

    public record ValuesAnswer(
            Heading indicator,
            List<String> by,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(description = "one object per value: the codes it stands at, and value")
            List<Map<String, Object>> values,

            Map<String, Map<String, Label>> labels) {}

    @Schema(description = "An event that could not be read. The key's older state counts until a readable one comes.")
    public record SetAsideAnswer(
            String topic,
            int partition,
            long offset,

            @Schema(nullable = true) @JsonProperty("key") @org.jspecify.annotations.Nullable
            String key,

            String reason,
            Instant setAsideAt,

            @Schema(description = "a later event of the same key was read since")
            boolean healed,

            @Schema(description = "the bytes, base64") String content) {}

    public record SetAsidesAnswer(List<SetAsideAnswer> items) {}
}
