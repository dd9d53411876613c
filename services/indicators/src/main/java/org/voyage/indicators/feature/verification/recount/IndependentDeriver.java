package org.voyage.indicators.feature.verification.recount;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;

/**
 * Independent deriver: it derives a figure from recounted values, one time after the other. It is a second
 * implementation on purpose and shares only the definitions with the query engine.
 */
public final class IndependentDeriver {

    private static final MathContext MATH_CONTEXT = new MathContext(50);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    /** Decimals of a root. */
    private static final int ROOT_DECIMALS = 30;

    private final RecountedValues recounted;
    private final PublishedNumbers published;

    /** Source of the recounted values of counted figures. */
    public interface RecountedValues {
        /** Returns the values by the codes of the breakdowns; values of 0 are absent. */
        Map<List<String>, BigDecimal> valuesOf(ValueSpec counted);
    }

    /** Source of the numbers that were published elsewhere. */
    public interface PublishedNumbers {

        /** Returns the number of a year; empty when nothing was published. */
        Optional<BigDecimal> findNumber(String series, int year);
    }

    /** Creates a deriver without published numbers. */
    public IndependentDeriver(RecountedValues counts) {
        this(counts, (series, year) -> Optional.empty());
    }

    public IndependentDeriver(RecountedValues counts, PublishedNumbers published) {
        this.recounted = counts;
        this.published = published;
    }

    /** Computes the values by the codes of the breakdowns; without absent values and counts of 0. */
    public Map<List<String>, BigDecimal> computeValues(ValueSpec spec) {
        return switch (spec.figure()) {
            case CountedFigure _ -> recounted.valuesOf(spec);
            case DerivedFigure derived -> derive(derived.rule(), spec);
        };
    }

    private Map<List<String>, BigDecimal> derive(DerivationRule rule, ValueSpec spec) {
        return switch (rule) {
            case DerivationRule.ShareRule share -> deriveShare(spec, spec.forShareOperand("part", share.part()), share);
            case DerivationRule.PublishedShareRule share -> derivePublishedShare(share, spec);
            case DerivationRule.SumRule sum -> deriveSum(sum, spec);
            case DerivationRule.DifferenceRule difference -> deriveDifference(difference, spec);
            case DerivationRule.ChangeRule change -> deriveChange(change, spec);
            case DerivationRule.GrowthRule growth -> deriveGrowth(growth, spec);
            case DerivationRule.PerCodeRule ofEach -> derivePerCode(ofEach, spec);
        };
    }

    /** Derives shares. When the breakdowns of the whole and the part differ, only places of the part have a share. */
    private Map<List<String>, BigDecimal> deriveShare(ValueSpec spec, ValueSpec part, DerivationRule.ShareRule rule) {
        ValueSpec whole = spec.forShareOperand("whole", rule.whole());
        Map<List<String>, BigDecimal> parts = computeValues(part);
        Map<List<String>, BigDecimal> wholes = computeValues(whole);
        Set<List<String>> places = whole.breakdowns().equals(spec.breakdowns()) ? wholes.keySet() : parts.keySet();
        Map<List<String>, BigDecimal> shares = new HashMap<>();
        for (List<String> at : places) {
            List<String> wholeAt = whole.breakdowns().stream()
                    .map(name -> at.get(spec.breakdowns().indexOf(name)))
                    .toList();
            putPercent(shares, at, valueOrZero(parts, at), valueOrZero(wholes, wholeAt));
        }
        return shares;
    }

    /** Derives shares of the published number of the year. The whole nation has one even if its part is 0. */
    private Map<List<String>, BigDecimal> derivePublishedShare(DerivationRule.PublishedShareRule rule, ValueSpec spec) {
        Map<List<String>, BigDecimal> parts = new HashMap<>(computeValues(spec.forShareOperand("part", rule.part())));
        if (spec.breakdowns().isEmpty()) {
            parts.putIfAbsent(List.of(), BigDecimal.ZERO);
        }
        Map<List<String>, BigDecimal> shares = new HashMap<>();
        published
                .findNumber(rule.series(), spec.dates().to().getYear())
                .ifPresent(whole -> parts.forEach((at, part) -> putPercent(shares, at, part, whole)));
        return shares;
    }

    private Map<List<String>, BigDecimal> deriveSum(DerivationRule.SumRule rule, ValueSpec spec) {
        Map<List<String>, BigDecimal> sums = new HashMap<>();
        rule.figures()
                .forEach(term -> computeValues(spec.forOperand("term", term))
                        .forEach((at, value) -> sums.merge(at, value, BigDecimal::add)));
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }

    /** Derives differences province by province, and adds those of the provinces that have reported both years. */
    private Map<List<String>, BigDecimal> deriveDifference(DerivationRule.DifferenceRule rule, ValueSpec spec) {
        String sender = DerivationRule.DifferenceRule.REPORTER_DIMENSION;
        int given = spec.breakdowns().indexOf(sender);
        ValueSpec bySender = given < 0 ? spec.splitByCode(sender) : spec;
        int place = given < 0 ? spec.breakdowns().size() : given;
        Map<List<String>, BigDecimal> minuends = computeValues(bySender.forOperand("minuend", rule.minuend()));
        Map<List<String>, BigDecimal> subtrahends =
                computeValues(bySender.forShareOperand("subtrahend", rule.subtrahend()));
        Map<List<String>, BigDecimal> now = computeValues(spec.forReports("reported", rule.reported(), sender));
        Map<List<String>, BigDecimal> before = computeValues(spec.forReports("reported-before", rule.reported(), sender)
                .withDates(spec.dates().minusYears(1)));
        Map<List<String>, BigDecimal> differences = new HashMap<>();
        minuends.forEach((at, minuend) -> {
            List<String> reporter = List.of(at.get(place));
            if (now.containsKey(reporter) && before.containsKey(reporter)) {
                differences.merge(
                        given < 0 ? List.copyOf(at.subList(0, place)) : at,
                        minuend.subtract(valueOrZero(subtrahends, at)),
                        BigDecimal::add);
            }
        });
        differences.values().removeIf(value -> value.signum() == 0);
        return differences;
    }

    private Map<List<String>, BigDecimal> deriveChange(DerivationRule.ChangeRule rule, ValueSpec spec) {
        Map<List<String>, BigDecimal> now = computeValues(spec.forOperand("now", rule.figure()));
        Map<List<String>, BigDecimal> changes = new HashMap<>();
        computeValues(spec.forOperand("before", rule.figure())
                        .withDates(spec.dates().minusYears(rule.yearsBack())))
                .forEach((at, before) ->
                        putPercent(changes, at, valueOrZero(now, at).subtract(before), before));
        return changes;
    }

    private Map<List<String>, BigDecimal> deriveGrowth(DerivationRule.GrowthRule rule, ValueSpec spec) {
        Map<List<String>, BigDecimal> last = computeValues(
                spec.forOperand("last", rule.figure()).withDates(spec.dates().lastYear()));
        Map<List<String>, BigDecimal> growths = new HashMap<>();
        computeValues(spec.forOperand("first", rule.figure())
                        .withDates(spec.dates().firstYear()))
                .forEach((at, first) -> {
                    if (first.signum() > 0 && valueOrZero(last, at).signum() >= 0) {
                        BigDecimal factor = computeRoot(
                                valueOrZero(last, at), first, spec.dates().yearsBetween());
                        growths.put(at, factor.subtract(BigDecimal.ONE).multiply(HUNDRED));
                    }
                });
        return growths;
    }

    private Map<List<String>, BigDecimal> derivePerCode(DerivationRule.PerCodeRule rule, ValueSpec spec) {
        Map<List<String>, Map<String, BigDecimal>> byEach = new HashMap<>();
        computeValues(spec.forOperand("each", rule.figure()).splitByCode(rule.dimension()))
                .forEach((at, value) -> {
                    if (!at.getLast().equals(StateFields.UNKNOWN_CODE)) {
                        byEach.computeIfAbsent(List.copyOf(at.subList(0, at.size() - 1)), place -> new HashMap<>())
                                .put(at.getLast(), value);
                    }
                });
        Map<List<String>, BigDecimal> values = new HashMap<>();
        byEach.forEach((at, each) -> {
            switch (rule) {
                case DerivationRule.ThresholdCountRule over ->
                    putThresholdCount(values, at, each, BigDecimal.valueOf(over.threshold()));
                case DerivationRule.TopShareRule top -> putTopShare(values, at, each, top.topCodes());
                case DerivationRule.HerfindahlRule _ -> putHerfindahl(values, at, each);
                case DerivationRule.MedianRule _ -> values.put(at, computeMedian(each));
            }
        });
        return values;
    }

    private static void putThresholdCount(
            Map<List<String>, BigDecimal> to, List<String> at, Map<String, BigDecimal> each, BigDecimal most) {
        long over = each.values().stream()
                .filter(value -> value.compareTo(most) > 0)
                .count();
        if (over > 0) {
            to.put(at, BigDecimal.valueOf(over));
        }
    }

    private static void putTopShare(
            Map<List<String>, BigDecimal> to, List<String> at, Map<String, BigDecimal> each, int most) {
        List<BigDecimal> sorted = new ArrayList<>(each.values());
        sorted.sort(Comparator.reverseOrder());
        putPercent(to, at, sumAll(sorted.subList(0, Math.min(most, sorted.size()))), sumAll(sorted));
    }

    private static void putHerfindahl(Map<List<String>, BigDecimal> to, List<String> at, Map<String, BigDecimal> each) {
        BigDecimal all = sumAll(List.copyOf(each.values()));
        if (all.signum() == 0) {
            return;
        }
        BigDecimal index = BigDecimal.ZERO;
        for (BigDecimal value : each.values()) {
            BigDecimal share = value.multiply(HUNDRED).divide(all, MATH_CONTEXT);
            index = index.add(share.multiply(share));
        }
        to.put(at, index);
    }

    /** Computes the median over all counted units: the middle one in order, or the mean of the two in the middle. */
    private static BigDecimal computeMedian(Map<String, BigDecimal> each) {
        List<String> numbers = new ArrayList<>(each.keySet());
        numbers.sort(Comparator.comparing(BigDecimal::new));
        BigInteger count = sumAll(List.copyOf(each.values())).toBigIntegerExact();
        BigInteger lower = count.add(BigInteger.ONE).shiftRight(1);
        BigInteger upper = count.shiftRight(1).add(BigInteger.ONE);
        return numberAt(numbers, each, lower)
                .add(numberAt(numbers, each, upper))
                .divide(TWO, MATH_CONTEXT);
    }

    /** @param place from 1 */
    private static BigDecimal numberAt(List<String> numbers, Map<String, BigDecimal> each, BigInteger place) {
        BigInteger left = place;
        for (String number : numbers) {
            left = left.subtract(valueOrZero(each, number).toBigIntegerExact());
            if (left.signum() <= 0) {
                return new BigDecimal(number);
            }
        }
        throw new IllegalStateException("there are less than " + place);
    }

    private static void putPercent(
            Map<List<String>, BigDecimal> to, List<String> at, BigDecimal part, BigDecimal whole) {
        if (whole.signum() != 0) {
            to.put(at, part.multiply(HUNDRED).divide(whole, MATH_CONTEXT));
        }
    }

    /**
     * Computes the root of a quotient in whole numbers. It descends from above until the value no longer gets smaller.
     */
    private static BigDecimal computeRoot(BigDecimal dividend, BigDecimal divisor, int degree) {
        BigInteger of = dividend.movePointRight(ROOT_DECIMALS * degree)
                .toBigIntegerExact()
                .divide(divisor.toBigIntegerExact());
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
        return new BigDecimal(root, ROOT_DECIMALS);
    }

    private static BigDecimal sumAll(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static <K> BigDecimal valueOrZero(Map<K, BigDecimal> values, K at) {
        return values.getOrDefault(at, BigDecimal.ZERO);
    }
}
