package org.voyage.indicators.feature.reconciliation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.indicators.feature.published.PublishedStatistic;

/**
 * Rule: recomputed shares and growth must agree with the published ones, within the rounding of the published inputs.
 */
final class DerivedStatisticRule {

    private static final Pattern SHARE_PATTERN = Pattern.compile("([a-z0-9-]+) / ([a-z0-9-]+)");
    private static final Pattern YEAR_ON_YEAR_PATTERN = Pattern.compile("year-on-year growth of ([a-z0-9-]+)");
    private static final Pattern COMPOUND_PATTERN = Pattern.compile("compound annual growth rate of ([a-z0-9-]+)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private DerivedStatisticRule() {}

    static List<Contradiction> findContradictions(List<PublishedStatistic> lines) {
        ClosestStatisticIndex nearest = new ClosestStatisticIndex(lines);
        List<Contradiction> found = new ArrayList<>();
        for (PublishedStatistic line : lines) {
            checkShare(line, nearest, found);
            checkYearOnYear(line, nearest, found);
            checkCompound(line, nearest, found);
        }
        return found;
    }

    private static void checkShare(PublishedStatistic line, ClosestStatisticIndex nearest, List<Contradiction> found) {
        Matcher share = SHARE_PATTERN.matcher(line.derivation());
        if (share.matches()) {
            Optional<PublishedStatistic> part = nearest.findClosest(share.group(1), line.period(), line);
            Optional<PublishedStatistic> whole = nearest.findClosest(share.group(2), line.period(), line);
            if (isExact(part) && isExact(whole) && whole.get().value().signum() != 0) {
                BigDecimal percent =
                        part.get().value().multiply(HUNDRED).divide(whole.get().value(), MathContext.DECIMAL64);
                checkComputed("share", line, percent, List.of(line, part.get(), whole.get()), found);
            }
        }
    }

    private static void checkYearOnYear(
            PublishedStatistic line, ClosestStatisticIndex nearest, List<Contradiction> found) {
        Matcher growth = YEAR_ON_YEAR_PATTERN.matcher(line.derivation());
        if (growth.matches() && line.period().matches("\\d{4}")) {
            String year = String.valueOf(Integer.parseInt(line.period()) - 1);
            checkGrowth(
                    line,
                    nearest.findClosest(growth.group(1), year, line),
                    nearest.findClosest(growth.group(1), line.period(), line),
                    1,
                    found);
        }
    }

    private static void checkCompound(
            PublishedStatistic line, ClosestStatisticIndex nearest, List<Contradiction> found) {
        Matcher growth = COMPOUND_PATTERN.matcher(line.derivation());
        if (growth.matches() && line.period().matches("\\d{4}/\\d{4}")) {
            String first = line.period().substring(0, 4);
            String last = line.period().substring(5);
            int years = Integer.parseInt(last) - Integer.parseInt(first);
            checkGrowth(
                    line,
                    nearest.findClosest(growth.group(1), first, line),
                    nearest.findClosest(growth.group(1), last, line),
                    years,
                    found);
        }
    }

    private static void checkGrowth(
            PublishedStatistic line,
            Optional<PublishedStatistic> from,
            Optional<PublishedStatistic> to,
            int years,
            List<Contradiction> found) {
        if (isExact(from)
                && isExact(to)
                && years > 0
                && from.get().value().signum() > 0
                && to.get().value().signum() >= 0) {
            double ratio = to.get().value().doubleValue() / from.get().value().doubleValue();
            BigDecimal percent = BigDecimal.valueOf((Math.pow(ratio, 1.0 / years) - 1) * 100);
            checkComputed("growth", line, percent, List.of(line, from.get(), to.get()), found);
        }
    }

    /** Returns whether the value is exact; "more than 1,000" allows no computation. */
    private static boolean isExact(Optional<PublishedStatistic> line) {
        return line.filter(PublishedStatistic::isExact).isPresent();
    }

    private static void checkComputed(
            String rule,
            PublishedStatistic line,
            BigDecimal computed,
            List<PublishedStatistic> of,
            List<Contradiction> found) {
        BigDecimal rounded = computed.setScale(Math.max(0, line.value().scale()), RoundingMode.HALF_UP);
        if (line.isExact() && rounded.compareTo(line.value()) != 0) {
            found.add(Contradiction.of(
                    rule + "-recomputed",
                    of,
                    "按其构成重算为 " + rounded + "%，公布值为 " + line.value() + "%。",
                    "Recomputed from its operands it is " + rounded + " percent; " + line.value() + " was published."));
        }
    }
}
