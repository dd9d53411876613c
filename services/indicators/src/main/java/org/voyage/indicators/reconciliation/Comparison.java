package org.voyage.indicators.reconciliation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A published line beside the live figure.
 *
 * @param live an exact figure rounded to as many decimals as were published; null when there is no value
 * @param difference live minus published
 * @param matches null when nothing can be compared
 */
@Schema(description = "A published statistic beside the live figure; relation = exact, > more than, ~ about (10 %).")
public record Comparison(
        String figure,
        String period,
        String unit,
        String service,
        String relation,
        BigDecimal published,
        boolean comparable,
        @Nullable String indicator,
        @Nullable String slice,
        @Nullable BigDecimal live,
        @Nullable BigDecimal difference,
        @Nullable Boolean matches,
        String source) {

    private static final int SHOWN = 2;
    /** "About" is within a tenth. */
    private static final BigDecimal ABOUT = new BigDecimal("0.1");

    static Comparison incomparable(PublishedLine line) {
        return new Comparison(
                line.figure(),
                line.period(),
                line.unit(),
                line.service(),
                line.relation(),
                line.value(),
                false,
                null,
                null,
                null,
                null,
                null,
                line.source());
    }

    /** @param exact not rounded; null when there is no value, as of a share of nothing */
    static Comparison of(PublishedLine line, String indicator, @Nullable BigDecimal exact) {
        BigDecimal live = exact == null ? null : exact.setScale(decimals(line, exact), RoundingMode.HALF_UP);
        BigDecimal difference = live == null ? null : live.subtract(line.value());
        return new Comparison(
                line.figure(),
                line.period(),
                line.unit(),
                line.service(),
                line.relation(),
                line.value(),
                true,
                indicator,
                line.slice(),
                live,
                difference,
                exact != null && difference != null && matches(line, exact, difference),
                line.source());
    }

    private static int decimals(PublishedLine line, BigDecimal exact) {
        boolean whole = exact.stripTrailingZeros().scale() <= 0;
        return Math.max(line.exact() || whole ? 0 : SHOWN, line.value().scale());
    }

    /** "More than" and "about" hold for what was counted, an exact figure for as many decimals as were printed. */
    private static boolean matches(PublishedLine line, BigDecimal exact, BigDecimal difference) {
        return switch (line.relation()) {
            case ">" -> exact.compareTo(line.value()) > 0;
            case "~" ->
                exact.subtract(line.value()).abs().compareTo(line.value().abs().multiply(ABOUT)) <= 0;
            default -> difference.signum() == 0;
        };
    }
}
