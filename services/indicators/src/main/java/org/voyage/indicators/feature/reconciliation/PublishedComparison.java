package org.voyage.indicators.feature.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.feature.published.PublishedStatistic;
import org.voyage.indicators.query.FigureResponses.FigureHeading;

/**
 * Comparison of a published line with the live figure.
 *
 * @param live an exact figure rounded to the published number of decimals; null without a value
 * @param difference live minus published
 * @param matches null when nothing can be compared, or not yet
 */
@Schema(
        name = "Comparison",
        description = "Published statistic and the live figure; relation is exact, > (more than) or ~ (about, 10 %). / "
                + "一项已公布数据与实时数的核对；relation 为 exact（等于）、>（超过）或 ~（约，10 % 以内）。")
public record PublishedComparison(
        String set,
        int setVersion,
        String figure,
        String period,
        String unit,
        String service,
        String relation,
        BigDecimal published,

        @Schema(
                nullable = true,
                description =
                        "day of publication, if known; of a month or year its last day / " + "公布日期，不详的没有此项；只知年月的，为最后一天")
        @Nullable
        LocalDate publishedOn,

        boolean comparable,

        @Schema(
                description = "always false: the service is ready only when all figures are counted / "
                        + "固定为 false：全部指标计算完成后服务才就绪")
        boolean beingCounted,

        @Schema(description = "code of the figure; absent if nothing can be compared / 指标代码；不可比的没有此项") @Nullable
        String indicator,

        @Schema(
                nullable = true,
                description =
                        "meaning of the figure, and the version of its definition; absent if nothing can be compared / "
                                + "指标含义和口径版本；不可比的没有此项")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        FigureHeading definition,

        @Schema(description = "query to the figure / 对指标的查询条件") @Nullable
        String slice,

        @Nullable BigDecimal live,

        @Schema(description = "live minus published / 实时数减公布数") @Nullable
        BigDecimal difference,

        @Nullable Boolean matches,

        @Schema(
                nullable = true,
                description =
                        "path that explains the difference; null if no figure computes the line, or if the figure has no"
                                + " value now / 差额分解的查询路径；无对应指标或现无数值的为 null")
        @Nullable
        String bridge,

        String source) {

    private static final int MIN_DECIMALS = 2;
    /** Tolerance of "about": a tenth. */
    private static final BigDecimal ABOUT_TOLERANCE = new BigDecimal("0.1");

    static PublishedComparison incomparable(PublishedStatistic line) {
        return of(line, null, null, null, null);
    }

    /** @param exact not rounded; null without a value, as for a share of nothing */
    static PublishedComparison of(PublishedStatistic line, Figure figure, @Nullable BigDecimal exact) {
        BigDecimal live = exact == null ? null : roundLike(line, exact);
        BigDecimal difference = live == null ? null : live.subtract(line.value());
        boolean matches = exact != null && difference != null && isMatch(line, exact, difference);
        return of(line, figure, live, difference, matches);
    }

    private static PublishedComparison of(
            PublishedStatistic line,
            @Nullable Figure figure,
            @Nullable BigDecimal live,
            @Nullable BigDecimal difference,
            @Nullable Boolean matches) {
        return new PublishedComparison(
                line.setVersion().set(),
                line.setVersion().version(),
                line.figure(),
                line.period(),
                line.unit(),
                line.service(),
                line.relation(),
                line.value(),
                line.publishedOn().orElse(null),
                figure != null,
                false,
                figure == null ? null : figure.code(),
                figure == null ? null : FigureHeading.of(figure),
                figure == null ? null : line.slice(),
                live,
                difference,
                matches,
                live != null ? BridgeResource.bridgeLink(line) : null,
                line.source());
    }

    /** Returns the difference, but null where "more than" or "about" holds: such a distance is no difference. */
    @Nullable
    BigDecimal unsatisfiedDifference() {
        return !relation.equals("=") && Boolean.TRUE.equals(matches) ? null : difference;
    }

    /** Rounds to the published number of decimals; for "more than" and "about" to at least two. */
    static BigDecimal roundLike(PublishedStatistic line, BigDecimal exact) {
        boolean whole = exact.stripTrailingZeros().scale() <= 0;
        int decimals = Math.max(
                line.isExact() || whole ? 0 : MIN_DECIMALS, line.value().scale());
        return exact.setScale(decimals, RoundingMode.HALF_UP);
    }

    /**
     * Returns whether the values match. "More than" and "about" apply to the counted value, an exact line to the
     * printed decimals.
     */
    private static boolean isMatch(PublishedStatistic line, BigDecimal exact, BigDecimal difference) {
        return switch (line.relation()) {
            case ">" -> exact.compareTo(line.value()) > 0;
            case "~" ->
                exact.subtract(line.value()).abs().compareTo(line.value().abs().multiply(ABOUT_TOLERANCE)) <= 0;
            default -> difference.signum() == 0;
        };
    }
}
