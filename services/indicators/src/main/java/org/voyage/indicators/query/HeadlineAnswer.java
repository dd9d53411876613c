package org.voyage.indicators.query;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Headline of a figure: the year to quote, and the years after it. */
@Schema(
        name = "Headline",
        description =
                "The newest year that most provinces have reported about; its value is the one to show. A stock is"
                        + " counted by days and needs no report: its headline is the current year, up to today / "
                        + "最新可用年度：多数省份已报送的最近年度，展示时以该年度数值为准。时点指标逐日统计，不以报送为前提，其"
                        + "最新可用年度为本年度，截至当日")
public record HeadlineAnswer(
        @Schema(
                nullable = true,
                description =
                        "value of the parameter `period`; of a growth the last year; null if no province has reported / "
                                + "可用作参数 `period`；增速指标为末年；均未报送的为 null",
                examples = "2025")
        @JsonProperty("period")
        @Nullable
        String period,

        @Schema(
                nullable = true,
                description =
                        "provinces that have reported about this year; not for readers outside / " + "已报送该年度的省份数；不对外提供")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Integer provinces,

        @Schema(
                nullable = true,
                description =
                        "provinces that are expected to report about this year: those that reported about the compared"
                                + " year or have about this one; not for readers outside / "
                                + "应报送该年度的省份数：报送过对比年度或已报送该年度的省份；不对外提供")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Integer expectedProvinces,

        @Schema(
                description =
                        "later years, the current one included, that fewer provinces have reported about; their values are"
                                + " partial. Not for readers outside / "
                                + "此后至本年度、报送省份尚少的年度，其数值不完整；不对外提供")
        @JsonInclude(NON_EMPTY)
        List<ReportedPeriod> newer) {

    /** Returns this headline for a reader outside, who may not see the coverage. */
    public HeadlineAnswer withoutCoverage() {
        return new HeadlineAnswer(period, null, null, List.of());
    }

    /** Returns the headline of released years, for readers outside; null without such a year. */
    public static HeadlineAnswer ofYear(@Nullable Integer year) {
        return new HeadlineAnswer(year == null ? null : String.valueOf(year), null, null, List.of());
    }

    /**
     * Reports about a year.
     *
     * @param provinces number of provinces that have reported
     * @param expectedProvinces number of provinces that are expected to report, those that have included
     */
    @Schema(name = "ReportedPeriod", description = "Reports of provinces about a year. / 各省对某一年度的报送。")
    public record ReportedPeriod(
            String period,

            @Schema(description = "provinces that have reported / 已报省份数", examples = "1")
            int provinces,

            @Schema(description = "provinces that are expected to report / 应报省份数", examples = "32")
            int expectedProvinces) {}
}
