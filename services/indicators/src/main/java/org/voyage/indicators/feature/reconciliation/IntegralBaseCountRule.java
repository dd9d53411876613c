package org.voyage.indicators.feature.reconciliation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.voyage.indicators.feature.published.PublishedStatistic;

/**
 * Rule: a whole number must exist for the unpublished count of the year before, when a growth of a counted figure is
 * published.
 */
final class IntegralBaseCountRule {

    private static final Pattern YEAR_ON_YEAR_PATTERN = Pattern.compile("year-on-year growth of ([a-z0-9-]+)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private IntegralBaseCountRule() {}

    static List<Contradiction> findContradictions(List<PublishedStatistic> lines) {
        ClosestStatisticIndex nearest = new ClosestStatisticIndex(lines);
        List<Contradiction> found = new ArrayList<>();
        for (PublishedStatistic line : lines) {
            Matcher growth = YEAR_ON_YEAR_PATTERN.matcher(line.derivation());
            if (!growth.matches() || !line.isExact() || !line.period().matches("\\d{4}")) {
                continue;
            }
            String before = String.valueOf(Integer.parseInt(line.period()) - 1);
            Optional<PublishedStatistic> now = nearest.findClosest(growth.group(1), line.period(), line);
            if (now.filter(IntegralBaseCountRule::isCount).isPresent()
                    && nearest.findClosest(growth.group(1), before, line).isEmpty()
                    && !isPossible(line.value(), now.get().value())) {
                found.add(Contradiction.of(
                        "growth-of-no-whole-number",
                        List.of(line, now.get()),
                        "上年无论为哪个整数，到 " + now.get().value() + " 的增长率都不会是 " + line.value() + "%。",
                        "No whole number of the year before gives " + line.value() + " percent for "
                                + now.get().value() + "."));
            }
        }
        return found;
    }

    private static boolean isCount(PublishedStatistic line) {
        return line.isExact()
                && line.value().signum() > 0
                && line.value().stripTrailingZeros().scale() <= 0;
    }

    private static boolean isPossible(BigDecimal percent, BigDecimal now) {
        BigDecimal factor = percent.divide(HUNDRED, MathContext.DECIMAL128).add(BigDecimal.ONE);
        if (factor.signum() <= 0) {
            return false;
        }
        BigDecimal before = now.divide(factor, MathContext.DECIMAL128);
        return Stream.of(RoundingMode.FLOOR, RoundingMode.CEILING)
                .map(rounding -> before.setScale(0, rounding))
                .filter(whole -> whole.signum() > 0)
                .map(whole -> now.subtract(whole).multiply(HUNDRED).divide(whole, MathContext.DECIMAL128))
                .anyMatch(growth -> growth.setScale(Math.max(0, percent.scale()), RoundingMode.HALF_UP)
                                .compareTo(percent)
                        == 0);
    }
}
