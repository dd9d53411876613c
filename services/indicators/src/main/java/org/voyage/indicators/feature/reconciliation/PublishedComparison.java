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
        description = "A published statistic and the live figure; relation = exact, > more than, ~ about (10 %).")
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
                description = "the day on which it was published, when that is known; of a month or year its last day")
        @Nullable
        LocalDate publishedOn,

        boolean comparable,

        @Schema(description = "always false: the service is ready only when all figures are counted")
        boolean beingCounted,

        @Schema(description = "code of the figure; absent when nothing can be compared") @Nullable
        String indicator,

        @Schema(nullable = true, description = "what the figure is, and the version of its definition; absent like it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        FigureHeading definition,

        @Schema(description = "the question to the figure") @Nullable
        String slice,

        @Nullable BigDecimal live,

        @Schema(description = "live minus published") @Nullable
        BigDecimal difference,

        @Nullable Boolean matches,

        @Schema(
                nullable = true,
                description =
                        "where the difference is explained; null where no figure computes the line, or it has no value now")
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
