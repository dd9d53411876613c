package org.voyage.indicators.preview;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.PositionAnswer;

/** The shapes of previews. */
public final class PreviewAnswers {

    private PreviewAnswers() {}

    @Schema(description = "Records as they would be.")
    public record PreviewRequest(
            @Schema(required = true, minItems = 1, maxItems = 1000)
            List<WantedChange> changes) {}

    @Schema(description = "One record as it would be, its state as it is sent to its service.")
    public record WantedChange(
            @Schema(required = true, examples = "overseas-school")
            String record,

            @Schema(required = true, examples = "12") String province,
            @Schema(required = true, examples = "LB-1") String sourceId,

            @Schema(
                    required = true,
                    nullable = true,
                    type = SchemaType.OBJECT,
                    description = "the full state; null when it would be withdrawn")
            @Nullable
            Object after) {}

    @Schema(description = "Every figure that would move; none when nothing would.")
    public record PreviewAnswer(PositionAnswer position, List<FigurePreview> figures) {}

    public record FigurePreview(
            Heading indicator,

            @Schema(description = "the years that would move; the current one as of today")
            List<YearPreview> years,

            @Schema(
                    description =
                            "in the last of these years: provinces and countries that would move or change places,"
                                    + " at most 100; a bureau sees its own province")
            List<RankPreview> ranks) {}

    public record YearPreview(String year, long before, long after, long change) {}

    public record RankPreview(
            @Schema(examples = "hostCountry") String dimension,
            String code,
            long before,
            long after,

            @Schema(nullable = true, description = "1 is the largest; null where there is nothing")
            @JsonProperty("rankBefore")
            @Nullable
            Integer rankBefore,

            @Schema(nullable = true) @JsonProperty("rankAfter") @Nullable
            Integer rankAfter) {}
}
