package org.voyage.indicators.feature.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Response DTOs of releases. */
final class ReleaseResponses {

    private ReleaseResponses() {}

    @Schema(
            name = "Release",
            description =
                    "Figures of persons for readers outside, from this release on. / " + "涉及人数指标的一次对外发布，自此供对外读者查阅。")
    public record ReleaseItem(
            @Schema(description = "grows by one with every release / 发布序号，每次发布加一", examples = "7")
            long number,

            Instant at,

            @Schema(description = "client id of the operator; empty for the schedule / 运行人员的客户端编号；定时发布的为空")
            String by,

            @Schema(description = "number of years of figures that are new or changed in it / 本次新增或更新的年度数据表数")
            int sheets) {

        static ReleaseItem of(FigureRelease release) {
            return new ReleaseItem(release.number(), release.madeAt(), release.madeBy(), release.sheets());
        }
    }

    @Schema(name = "Releases")
    public record ReleasesAnswer(
            List<ReleaseItem> items,
            @Schema(nullable = true) @Nullable String next) {}

    @Schema(name = "ReleaseYear", description = "Year of a figure in a release. / 发布所涉的指标年度。")
    public record ReleaseYear(
            String indicator,
            int year,

            @Schema(description = "whether the year was not released before / 是否首次公布该年度")
            boolean first,

            @Schema(
                    nullable = true,
                    description =
                            "persons that readers outside have had; null if the year was not released, or its total is"
                                    + " hidden / 原公布的人数；此前未发布或总数不予公布的为 null")
            @JsonProperty("releasedValue")
            @Nullable
            Long releasedValue,

            @Schema(
                    nullable = true,
                    description = "persons now; of a released year null if its total is hidden / "
                            + "现在的人数；发布的年度总数不予公布的为 null")
            @JsonProperty("value")
            @Nullable
            Long value,

            @Schema(
                    description = "cells of its tables that readers outside see as suppressed; 0 of a kept year / "
                            + "各表中不予公布的单元格数；保留原数的年度为 0")
            int hiddenCells,

            @Schema(description = "provinces that have reported about this year / 已报送该年度的省份数")
            int provinces,

            @Schema(
                    description =
                            "provinces that are expected to report about this year; those that have are among them / "
                                    + "应报送该年度的省份数，含已报送的")
            int expectedProvinces,

            @Schema(
                    description = "expected provinces whose year is submitted, accepted or locked / "
                            + "应报省份中，该年度已提交、已接收或已锁定的个数")
            int submitted,

            @Schema(description = "expected provinces whose year is locked / 应报省份中，该年度已锁定的个数")
            int locked) {

        static ReleaseYear of(ReleaseYearOutcome outcome) {
            return new ReleaseYear(
                    outcome.figure(),
                    outcome.year(),
                    outcome.isFirst(),
                    outcome.releasedTotal(),
                    outcome.total(),
                    outcome.hiddenCells(),
                    outcome.reports().provinces(),
                    outcome.reports().expectedProvinces(),
                    outcome.reports().submitted(),
                    outcome.reports().locked());
        }
    }

    @Schema(name = "ReleaseMade", description = "Result of the request. / 办理结果。")
    public record ReleaseMadeAnswer(
            @Schema(
                    nullable = true,
                    description = "null if nothing was new or changed, and for a dry run / 没有新增或更新的，以及试运行，为 null")
            @Nullable
            ReleaseItem release,

            @Schema(
                    description = "years of figures that are new or changed in it; for a dry run, that would be / "
                            + "新增或更新的指标年度；试运行时为将会新增或更新的")
            List<ReleaseYear> years,

            @Schema(
                    description =
                            "years whose total has moved but whose older numbers stay, because newer ones would disclose too"
                                    + " much / 总数有变动、但更新会泄露小数值，仍保留原数的年度")
            List<ReleaseYear> kept,

            @Schema(
                    description =
                            "how many of `years` some expected province has not locked / " + "`years` 中尚未由全部应报省份锁定的个数")
            int unlockedYears) {

        static ReleaseMadeAnswer of(ReleaseService.ReleaseOutcome made) {
            return new ReleaseMadeAnswer(
                    made.release().map(ReleaseItem::of).orElse(null),
                    made.releasedYears().stream().map(ReleaseYear::of).toList(),
                    made.keptYears().stream().map(ReleaseYear::of).toList(),
                    made.countUnlockedYears());
        }
    }
}
