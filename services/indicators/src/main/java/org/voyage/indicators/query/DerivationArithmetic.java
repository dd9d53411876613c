package org.voyage.indicators.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Arithmetic of derived figures, to 34 digits; only the display rounds values. Null means no value. */
final class DerivationArithmetic {

    private static final MathContext MATH_CONTEXT = MathContext.DECIMAL128;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    /** Each step of Newton's method doubles the number of correct digits, from the 15 of a double. */
    private static final int NEWTON_STEPS = 3;

    private DerivationArithmetic() {}

    static @Nullable BigDecimal computePercent(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.multiply(HUNDRED).divide(whole, MATH_CONTEXT);
    }

    static @Nullable BigDecimal computeChange(BigDecimal before, BigDecimal now) {
        return computePercent(now.subtract(before), before);
    }

    /** Computes growth in percent a year, compounded over a number of years. */
    static @Nullable BigDecimal computeGrowth(BigDecimal first, BigDecimal last, int years) {
        if (first.signum() <= 0 || last.signum() < 0) {
            return null;
        }
        BigDecimal factor = computeRoot(last.divide(first, MATH_CONTEXT), years);
        return factor.subtract(BigDecimal.ONE).multiply(HUNDRED, MATH_CONTEXT);
    }

    static @Nullable BigDecimal computeTopShare(Collection<BigDecimal> values, int most) {
        BigDecimal largest =
                values.stream().sorted(Comparator.reverseOrder()).limit(most).reduce(BigDecimal.ZERO, BigDecimal::add);
        return computePercent(largest, sumAll(values));
    }

    /** Computes the index, from near 0 (many values of equal size) to 10,000 (one value has everything). */
    static @Nullable BigDecimal computeHerfindahl(Collection<BigDecimal> values) {
        BigDecimal squares =
                values.stream().map(value -> value.multiply(value)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal sum = sumAll(values);
        BigDecimal share = computePercent(squares, sum.multiply(sum));
        return share == null ? null : share.multiply(HUNDRED);
    }

    /**
     * Computes the weighted median.
     *
     * @param weights weight of each number (the key)
     */
    static @Nullable BigDecimal computeMedian(Map<String, BigDecimal> weights) {
        TreeMap<BigDecimal, BigDecimal> sorted = new TreeMap<>();
        weights.forEach((number, weight) -> sorted.put(new BigDecimal(number), weight));
        BigDecimal total = sumAll(weights.values());
        BigDecimal half = total.divide(TWO, MATH_CONTEXT);
        BigDecimal below = BigDecimal.ZERO;
        List<BigDecimal> numbers = List.copyOf(sorted.keySet());
        for (int i = 0; i < numbers.size(); i++) {
            below = below.add(sorted.get(numbers.get(i)));
            int reached = below.compareTo(half);
            if (reached > 0 || i == numbers.size() - 1) {
                return numbers.get(i);
            }
            if (reached == 0) {
                return numbers.get(i).add(numbers.get(i + 1)).divide(TWO, MATH_CONTEXT);
            }
        }
        return null;
    }

    private static BigDecimal sumAll(Collection<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal computeRoot(BigDecimal of, int degree) {
        if (of.signum() == 0) {
            return of;
        }
        BigDecimal root = BigDecimal.valueOf(Math.pow(of.doubleValue(), 1.0 / degree));
        for (int i = 0; i < NEWTON_STEPS; i++) {
            BigDecimal next = of.divide(root.pow(degree - 1, MATH_CONTEXT), MATH_CONTEXT);
            root = root.multiply(BigDecimal.valueOf(degree - 1L))
                    .add(next)
                    .divide(BigDecimal.valueOf(degree), MATH_CONTEXT);
        }
        return root;
    }
}
