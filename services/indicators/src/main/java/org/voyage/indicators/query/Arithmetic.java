package org.voyage.indicators.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The formulas of derived figures, to 34 digits; nothing is rounded before it is shown. Null: there is no value. */
final class Arithmetic {

    private static final MathContext DIGITS = MathContext.DECIMAL128;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    /** Each step of Newton's method doubles the right digits; it begins with the 15 of a double. */
    private static final int STEPS = 3;

    private Arithmetic() {}

    static @Nullable BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.multiply(HUNDRED).divide(whole, DIGITS);
    }

    static @Nullable BigDecimal change(BigDecimal before, BigDecimal now) {
        return percent(now.subtract(before), before);
    }

    /** Percent a year, compounded over so many years. */
    static @Nullable BigDecimal growth(BigDecimal first, BigDecimal last, int years) {
        if (first.signum() <= 0 || last.signum() < 0) {
            return null;
        }
        BigDecimal factor = root(last.divide(first, DIGITS), years);
        return factor.subtract(BigDecimal.ONE).multiply(HUNDRED, DIGITS);
    }

    static @Nullable BigDecimal shareOfLargest(Collection<BigDecimal> values, int most) {
        BigDecimal largest =
                values.stream().sorted(Comparator.reverseOrder()).limit(most).reduce(BigDecimal.ZERO, BigDecimal::add);
        return percent(largest, sum(values));
    }

    /** From near 0 (many of the same size) to 10,000 (one has everything). */
    static @Nullable BigDecimal herfindahl(Collection<BigDecimal> values) {
        BigDecimal squares =
                values.stream().map(value -> value.multiply(value)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal sum = sum(values);
        BigDecimal share = percent(squares, sum.multiply(sum));
        return share == null ? null : share.multiply(HUNDRED);
    }

    /** @param weights how often each number (the key) is there */
    static @Nullable BigDecimal median(Map<String, BigDecimal> weights) {
        TreeMap<BigDecimal, BigDecimal> sorted = new TreeMap<>();
        weights.forEach((number, weight) -> sorted.put(new BigDecimal(number), weight));
        BigDecimal total = sum(weights.values());
        BigDecimal half = total.divide(TWO, DIGITS);
        BigDecimal below = BigDecimal.ZERO;
        List<BigDecimal> numbers = List.copyOf(sorted.keySet());
        for (int i = 0; i < numbers.size(); i++) {
            below = below.add(sorted.get(numbers.get(i)));
            int reached = below.compareTo(half);
            if (reached > 0 || i == numbers.size() - 1) {
                return numbers.get(i);
            }
            if (reached == 0) {
                return numbers.get(i).add(numbers.get(i + 1)).divide(TWO, DIGITS);
            }
        }
        return null;
    }

    private static BigDecimal sum(Collection<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal root(BigDecimal of, int degree) {
        if (of.signum() == 0) {
            return of;
        }
        BigDecimal root = BigDecimal.valueOf(Math.pow(of.doubleValue(), 1.0 / degree));
        for (int i = 0; i < STEPS; i++) {
            BigDecimal next = of.divide(root.pow(degree - 1, DIGITS), DIGITS);
            root = root.multiply(BigDecimal.valueOf(degree - 1L)).add(next).divide(BigDecimal.valueOf(degree), DIGITS);
        }
        return root;
    }
}
