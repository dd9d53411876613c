package org.voyage.indicators.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Rule;

/**
 * Derives a figure plainly from values that were counted again, one time after the other. It is a second implementation on
 * purpose and shares nothing with the one that answers, but the definitions.
 */
final class Deriver {

    private static final MathContext DIGITS = new MathContext(50);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    /** Decimals of a root. */
    private static final int DECIMALS = 30;

    private final Counts counts;

    /** The values of counted figures. */
    interface Counts {
        /** By the codes of what is split by; nothing where it is 0. */
        Map<List<String>, BigDecimal> of(Sought counted);
    }

    Deriver(Counts counts) {
        this.counts = counts;
    }

    /** By the codes of what is split by; nothing where there is no value, or a count of 0. */
    Map<List<String>, BigDecimal> values(Sought sought) {
        return switch (sought.figure()) {
            case Indicator _ -> counts.of(sought);
            case Derived derived -> derived(derived.rule(), sought);
        };
    }

    private Map<List<String>, BigDecimal> derived(Rule rule, Sought sought) {
        return switch (rule) {
            case Rule.Share share -> share(sought, sought.looked("part", share.part()), share);
            case Rule.Sum sum -> sum(sum, sought);
            case Rule.Change change -> change(change, sought);
            case Rule.Growth growth -> growth(growth, sought);
            case Rule.OfEach ofEach -> ofEach(ofEach, sought);
        };
    }

    /** Where the whole is not split as the part is, only what has a part is told. */
    private Map<List<String>, BigDecimal> share(Sought sought, Sought part, Rule.Share rule) {
        Sought whole = sought.looked("whole", rule.whole());
        Map<List<String>, BigDecimal> parts = values(part);
        Map<List<String>, BigDecimal> wholes = values(whole);
        Set<List<String>> places = whole.by().equals(sought.by()) ? wholes.keySet() : parts.keySet();
        Map<List<String>, BigDecimal> shares = new HashMap<>();
        for (List<String> at : places) {
            List<String> wholeAt = whole.by().stream()
                    .map(name -> at.get(sought.by().indexOf(name)))
                    .toList();
            percent(shares, at, of(parts, at), of(wholes, wholeAt));
        }
        return shares;
    }

    private Map<List<String>, BigDecimal> sum(Rule.Sum rule, Sought sought) {
        Map<List<String>, BigDecimal> sums = new HashMap<>();
        rule.of()
                .forEach(term -> values(sought.behind("term", term))
                        .forEach((at, value) -> sums.merge(at, value, BigDecimal::add)));
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }

    private Map<List<String>, BigDecimal> change(Rule.Change rule, Sought sought) {
        Map<List<String>, BigDecimal> now = values(sought.behind("now", rule.of()));
        Map<List<String>, BigDecimal> changes = new HashMap<>();
        values(sought.behind("before", rule.of()).at(sought.span().back(rule.over())))
                .forEach((at, before) -> percent(changes, at, of(now, at).subtract(before), before));
        return changes;
    }

    private Map<List<String>, BigDecimal> growth(Rule.Growth rule, Sought sought) {
        Map<List<String>, BigDecimal> last =
                values(sought.behind("last", rule.of()).at(sought.span().lastYear()));
        Map<List<String>, BigDecimal> growths = new HashMap<>();
        values(sought.behind("first", rule.of()).at(sought.span().firstYear())).forEach((at, first) -> {
            if (first.signum() > 0 && of(last, at).signum() >= 0) {
                BigDecimal factor = root(of(last, at), first, sought.span().years());
                growths.put(at, factor.subtract(BigDecimal.ONE).multiply(HUNDRED));
            }
        });
        return growths;
    }

    private Map<List<String>, BigDecimal> ofEach(Rule.OfEach rule, Sought sought) {
        Map<List<String>, Map<String, BigDecimal>> byEach = new HashMap<>();
        values(sought.behind("each", rule.of()).byEach(rule.each())).forEach((at, value) -> {
            if (!at.getLast().equals(Fields.UNKNOWN)) {
                byEach.computeIfAbsent(List.copyOf(at.subList(0, at.size() - 1)), place -> new HashMap<>())
                        .put(at.getLast(), value);
            }
        });
        Map<List<String>, BigDecimal> values = new HashMap<>();
        byEach.forEach((at, each) -> {
            switch (rule) {
                case Rule.Over over -> over(values, at, each, BigDecimal.valueOf(over.moreThan()));
                case Rule.Top top -> top(values, at, each, top.top());
                case Rule.Herfindahl _ -> herfindahl(values, at, each);
                case Rule.Median _ -> values.put(at, median(each));
            }
        });
        return values;
    }

    private static void over(
            Map<List<String>, BigDecimal> to, List<String> at, Map<String, BigDecimal> each, BigDecimal most) {
        long over = each.values().stream()
                .filter(value -> value.compareTo(most) > 0)
                .count();
        if (over > 0) {
            to.put(at, BigDecimal.valueOf(over));
        }
    }

    private static void top(Map<List<String>, BigDecimal> to, List<String> at, Map<String, BigDecimal> each, int most) {
        List<BigDecimal> sorted = new ArrayList<>(each.values());
        sorted.sort(Comparator.reverseOrder());
        percent(to, at, sum(sorted.subList(0, Math.min(most, sorted.size()))), sum(sorted));
    }

    private static void herfindahl(Map<List<String>, BigDecimal> to, List<String> at, Map<String, BigDecimal> each) {
        BigDecimal all = sum(List.copyOf(each.values()));
        if (all.signum() == 0) {
            return;
        }
        BigDecimal index = BigDecimal.ZERO;
        for (BigDecimal value : each.values()) {
            BigDecimal share = value.multiply(HUNDRED).divide(all, DIGITS);
            index = index.add(share.multiply(share));
        }
        to.put(at, index);
    }

    /** Of all that are counted, put in a row, the middle one, or the mean of the two in the middle. */
    private static BigDecimal median(Map<String, BigDecimal> each) {
        List<String> numbers = new ArrayList<>(each.keySet());
        numbers.sort(Comparator.comparing(BigDecimal::new));
        BigInteger count = sum(List.copyOf(each.values())).toBigIntegerExact();
        BigInteger lower = count.add(BigInteger.ONE).shiftRight(1);
        BigInteger upper = count.shiftRight(1).add(BigInteger.ONE);
        return inRow(numbers, each, lower).add(inRow(numbers, each, upper)).divide(TWO, DIGITS);
    }

    /** @param place from 1 */
    private static BigDecimal inRow(List<String> numbers, Map<String, BigDecimal> each, BigInteger place) {
        BigInteger left = place;
        for (String number : numbers) {
            left = left.subtract(of(each, number).toBigIntegerExact());
            if (left.signum() <= 0) {
                return new BigDecimal(number);
            }
        }
        throw new IllegalStateException("there are less than " + place);
    }

    private static void percent(Map<List<String>, BigDecimal> to, List<String> at, BigDecimal part, BigDecimal whole) {
        if (whole.signum() != 0) {
            to.put(at, part.multiply(HUNDRED).divide(whole, DIGITS));
        }
    }

    /** The root of a quotient, in whole numbers: from above, step by step down, until it does not get smaller. */
    private static BigDecimal root(BigDecimal dividend, BigDecimal divisor, int degree) {
        BigInteger of =
                dividend.movePointRight(DECIMALS * degree).toBigIntegerExact().divide(divisor.toBigIntegerExact());
        if (of.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigInteger root = BigInteger.ONE.shiftLeft(of.bitLength() / degree + 1);
        BigInteger next = root;
        do {
            root = next;
            next = root.multiply(BigInteger.valueOf(degree - 1L))
                    .add(of.divide(root.pow(degree - 1)))
                    .divide(BigInteger.valueOf(degree));
        } while (next.compareTo(root) < 0);
        return new BigDecimal(root, DECIMALS);
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static <K> BigDecimal of(Map<K, BigDecimal> values, K at) {
        return values.getOrDefault(at, BigDecimal.ZERO);
    }
}
