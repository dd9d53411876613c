package org.voyage.indicators.feature.release;

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

    @Schema(name = "ReleaseYear", description = "Year of a figure whose numbers are new or changed. / 数值新增或更新的指标年度。")
    public record ReleaseYear(String indicator, int year) {}

    @Schema(
            name = "ReleaseKept",
            description = "Year whose older numbers stay, because newer ones would disclose too much. / "
                    + "保留原数的年度：更新会泄露小数值。")
    public record ReleaseKeptYear(String indicator, int year) {}

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

            @Schema(description = "years whose total has moved but whose older numbers stay / 总数有变动、仍保留原数的年度")
            List<ReleaseKeptYear> kept) {

        static ReleaseMadeAnswer of(ReleaseService.ReleaseOutcome made) {
            return new ReleaseMadeAnswer(
                    made.release().map(ReleaseItem::of).orElse(null),
                    made.releasedYears().stream()
                            .map(place -> new ReleaseYear(place.figure(), place.year()))
                            .toList(),
                    made.keptYears().stream()
                            .map(place -> new ReleaseKeptYear(place.figure(), place.year()))
                            .toList());
        }
    }
}
