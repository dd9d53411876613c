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

    @Schema(name = "PreviewRequest", description = "Records as they would be. / 假设的记录状态。")
    public record PreviewRequest(
            @Schema(required = true, minItems = 1, maxItems = 1000)
            List<WantedChange> changes) {}

    @Schema(
            name = "WantedChange",
            description = "One record as it would be. The state has the form in which it is sent to its service. / "
                    + "一条假设的记录，内容与向该业务报送的格式相同。")
    public record WantedChange(
            @Schema(required = true, examples = "overseas-school")
            String record,

            @Schema(required = true, examples = "12") String province,
            @Schema(required = true, examples = "LB-1") String sourceId,

            @Schema(nullable = true, examples = "corrected", description = "as in a dry run; ignored / 与试运行返回的相同，不作处理")
            @Nullable
            String change,

            @Schema(
                    required = true,
                    nullable = true,
                    type = SchemaType.OBJECT,
                    description = "full state; null for a withdrawal / 完整内容；撤回的为 null")
            @Nullable
            Object after) {}

    @Schema(
            name = "PreviewAnswer",
            description = "Every figure that would move; empty if none would. / 将会变动的指标；没有变动的为空。")
    public record PreviewAnswer(
            PositionAnswer position,
            List<FigurePreview> items,

            @Schema(
                    description = "always empty: the service is ready only when all figures are counted / "
                            + "固定为空：全部指标计算完成后服务才就绪")
            List<String> unfinished) {}

    @Schema(name = "FigurePreview")
    public record FigurePreview(
            FigureHeading indicator,

            @Schema(
                    description =
                            "years that move, the current one as of today; for a growth its years, from the first with a value"
                                    + " to the last one that is over / "
                                    + "有变动的年度，本年度截至今日；增速指标为首个有数值的年度至最近结束的年度")
            List<YearPreview> years,

            @Schema(
                    description =
                            "values that move or change places, at most 10000, the newest year first. They are broken down by"
                                    + " province, by country, and in a preview by every other dimension with a list of codes. For the"
                                    + " changes since a moment: the ten provinces and countries that moved most. A bureau sees its own"
                                    + " province / "
                                    + "数值或位次有变动的项，最多 10000 项，年度由近及远；按省份、国家分列，预览时还按其他有代码表的维度"
                                    + "分列。查询某一时点以来的变动时，为变动最大的十个省份和国家。省级用户只看到本省")
            List<RankPreview> ranks,

            @Schema(description = "number of further ones that are not shown / 未列出的项数")
            int moreRanks,

            @Schema(
                    nullable = true,
                    description =
                            "only for a counted figure: all dimensions by which it moves, also those without a list of codes"
                                    + " such as the college. None if only several dimensions together show it / "
                                    + "仅计数指标有此项：有变动的全部维度，含院校等没有代码表的维度；只有多个维度组合才能显示的没有此项")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            List<String> dimensions) {}

    @Schema(
            name = "YearPreview",
            description =
                    "Values as they are shown: whole for counts, with two decimals for derived figures. null: there is"
                            + " none, as for a share of nothing, or no province had reported. / "
                            + "显示的数值：计数为整数，衍生指标取两位小数；没有数值（如分母为零）或尚未报送的为 null。")
    public record YearPreview(
            @Schema(description = "year, or the years of a growth / 年度；增速指标为起止年度", examples = "2023")
            String period,

            @Schema(nullable = true) @JsonProperty("before") @Nullable
            BigDecimal before,

            @Schema(
                    nullable = true,
                    description =
                            "only if no province had reported about the period before: not-reported, which differs"
                                    + " from 0 / 仅在变动前尚未报送时有此项：not-reported，不等于 0",
                    examples = NOT_REPORTED)
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String beforeStatus,

            @Schema(nullable = true) @JsonProperty("after") @Nullable
            BigDecimal after,

            @Schema(nullable = true, description = "likewise for after / 变动后尚未报送时有此项，含义同上", examples = NOT_REPORTED)
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String afterStatus,

            @Schema(
                    nullable = true,
                    description =
                            "after minus before, where a count without any report is 0; null if there is no other value / "
                                    + "变动后减变动前，尚未报送的计数按 0 计；没有数值的为 null")
            @JsonProperty("difference")
            @Nullable
            BigDecimal difference) {

        private static final String NOT_REPORTED = "not-reported";

        /**
         * @param before of a count without any report 0
         * @param isUnknownBefore whether no province had reported
         */
        static YearPreview of(
                String period,
                @Nullable BigDecimal before,
                boolean isUnknownBefore,
                @Nullable BigDecimal after,
                boolean isUnknownAfter,
                @Nullable BigDecimal difference) {
            return new YearPreview(
                    period,
                    isUnknownBefore ? null : before,
                    isUnknownBefore ? NOT_REPORTED : null,
                    isUnknownAfter ? null : after,
                    isUnknownAfter ? NOT_REPORTED : null,
                    difference);
        }
    }

    @Schema(name = "RankPreview")
    public record RankPreview(
            @Schema(description = "year, or the years of a growth / 年度；增速指标为起止年度", examples = "2023")
            String period,

            @Schema(examples = "hostCountry") String dimension,
            String code,

            @Schema(nullable = true) @JsonProperty("before") @Nullable
            BigDecimal before,

            @Schema(nullable = true) @JsonProperty("after") @Nullable
            BigDecimal after,

            @Schema(nullable = true, description = "1 is the largest; null if there is no value / 位次，1 为最大；没有数值的为 null")
            @JsonProperty("rankBefore")
            @Nullable
            Integer rankBefore,

            @Schema(nullable = true) @JsonProperty("rankAfter") @Nullable
            Integer rankAfter) {}
}
