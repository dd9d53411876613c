package org.voyage.indicators.feature.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/** Request and response DTOs of previews. */
public final class PreviewResponses {

    private PreviewResponses() {}

    @Schema(name = "PreviewRequest", description = "Records as they would be.")
    public record PreviewRequest(
            @Schema(required = true, minItems = 1, maxItems = 1000)
            List<WantedChange> changes) {}

    @Schema(name = "WantedChange", description = "One record as it would be, its state as it is sent to its service.")
    public record WantedChange(
            @Schema(required = true, examples = "overseas-school")
            String record,

            @Schema(required = true, examples = "12") String province,
            @Schema(required = true, examples = "LB-1") String sourceId,

            @Schema(nullable = true, examples = "corrected", description = "as a dry run says it; not looked at")
            @Nullable
            String change,

            @Schema(
                    required = true,
                    nullable = true,
                    type = SchemaType.OBJECT,
                    description = "the full state; null when it would be withdrawn")
            @Nullable
            Object after) {}

    @Schema(name = "PreviewAnswer", description = "Every figure that would move; none when nothing would.")
    public record PreviewAnswer(
            PositionAnswer position,
            List<FigurePreview> items,

            @Schema(description = "always empty: the service is ready only when all figures are counted")
            List<String> unfinished) {}

    @Schema(name = "FigurePreview")
    public record FigurePreview(
            FigureHeading indicator,

            @Schema(
                    description = "the years that move, the current one as of today; of a growth the years from the"
                            + " first with a value to the last one that is over")
            List<YearPreview> years,

            @Schema(
                    description =
                            "values that move or change places: by province, by country, and in a preview by every other"
                                    + " dimension that has a list of codes, at most 10000, the newest year first; of what"
                                    + " moved since a moment the ten provinces and countries that moved most; a bureau sees"
                                    + " its own province")
            List<RankPreview> ranks,

            @Schema(description = "how many more there are than are shown")
            int moreRanks,

            @Schema(
                    nullable = true,
                    description =
                            "only of a figure that is counted: all dimensions by which it moves, such as the college too,"
                                    + " which has no list of codes; none where that shows by several of them together only")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            List<String> dimensions) {}

    @Schema(
            name = "YearPreview",
            description =
                    "Values as they are shown: whole for counts, with two decimals for what is derived. null: there is"
                            + " none, as of a share of nothing.")
    public record YearPreview(
            @Schema(description = "a year, or of a growth its years", examples = "2023")
            String period,

            @Schema(nullable = true) @JsonProperty("before") @Nullable
            BigDecimal before,

            @Schema(nullable = true) @JsonProperty("after") @Nullable
            BigDecimal after,

            @Schema(nullable = true, description = "after minus before; null where one of them is")
            @JsonProperty("difference")
            @Nullable
            BigDecimal difference) {}

    @Schema(name = "RankPreview")
    public record RankPreview(
            @Schema(description = "a year, or of a growth its years", examples = "2023")
            String period,

            @Schema(examples = "hostCountry") String dimension,
            String code,

            @Schema(nullable = true) @JsonProperty("before") @Nullable
            BigDecimal before,

            @Schema(nullable = true) @JsonProperty("after") @Nullable
            BigDecimal after,

            @Schema(nullable = true, description = "1 is the largest; null where there is nothing")
            @JsonProperty("rankBefore")
            @Nullable
            Integer rankBefore,

            @Schema(nullable = true) @JsonProperty("rankAfter") @Nullable
            Integer rankAfter) {}
}
