package org.voyage.indicators.reconciliation;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A published line beside the live figure.
 *
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
        @Nullable Long live,
        @Nullable BigDecimal difference,
        @Nullable Boolean matches,
        String source) {

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

    static Comparison of(PublishedLine line, String indicator, long live) {
        BigDecimal difference = BigDecimal.valueOf(live).subtract(line.value());
        boolean matches = switch (line.relation()) {
            case ">" -> difference.signum() > 0;
            case "~" -> difference.abs().compareTo(line.value().abs().multiply(ABOUT)) <= 0;
            default -> difference.signum() == 0;
        };
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
                matches,
                line.source());
    }
}
