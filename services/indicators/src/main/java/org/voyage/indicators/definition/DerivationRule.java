package org.voyage.indicators.definition;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rule that derives a figure from others. A missing value (a share of nothing) is empty, never 0. */
public sealed interface DerivationRule {

    /** Returns the figures that this rule uses. */
    default List<Figure> operands() {
        return switch (this) {
            case ShareRule share -> List.of(share.part().figure(), share.whole().figure());
            case PublishedShareRule share -> List.of(share.part().figure());
            case SumRule sum -> sum.figures();
            case DifferenceRule difference ->
                List.of(difference.minuend(), difference.subtrahend().figure(), difference.reported());
            case ChangeRule change -> List.of(change.figure());
            case GrowthRule growth -> List.of(growth.figure());
            case PerCodeRule ofEach -> List.of(ofEach.figure());
        };
    }

    /** Returns the name of the rule in a definition. */
    default String kind() {
        return switch (this) {
            case ShareRule _, PublishedShareRule _ -> "share";
            case SumRule _ -> "sum";
            case DifferenceRule _ -> "difference";
            case ChangeRule _ -> "change";
            case GrowthRule _ -> "growth";
            case ThresholdCountRule _ -> "over";
            case TopShareRule _, HerfindahlRule _ -> "concentration";
            case MedianRule _ -> "median";
        };
    }

    /**
     * Operand of a share, or subtrahend of a difference.
     *
     * @param includedCodes codes that are counted, per dimension
     * @param unfilteredDimensions dimensions (and {@code list}) whose query filters do not apply, so that the whole is
     *     unchanged
     */
    record ShareOperand(Figure figure, Map<String, Set<String>> includedCodes, Set<String> unfilteredDimensions) {
        public ShareOperand {
            includedCodes = sortCodes(includedCodes);
            unfilteredDimensions = Set.copyOf(unfilteredDimensions);
        }

        /** Sorts the codes: answers name them, in an order that no restart changes. */
        private static Map<String, Set<String>> sortCodes(Map<String, Set<String>> codes) {
            Map<String, Set<String>> sorted = new TreeMap<>();
            codes.forEach((dimension, some) -> sorted.put(dimension, Collections.unmodifiableSet(new TreeSet<>(some))));
            return Collections.unmodifiableMap(sorted);
        }
    }

    /** Part divided by whole, in percent. */
    record ShareRule(ShareOperand part, ShareOperand whole) implements DerivationRule {}

    /**
     * Part divided by a number that was published elsewhere for the same year, in percent. No filter or breakdown
     * narrows the published number. A period without a published number has no value.
     *
     * @param series name of the published figure
     */
    record PublishedShareRule(ShareOperand part, String series) implements DerivationRule {}

    /** Sum of several figures. */
    record SumRule(List<Figure> figures) implements DerivationRule {
        public SumRule {
            figures = List.copyOf(figures);
        }
    }

    /**
     * Minuend less subtrahend, which counts a part of the same things. Only provinces count whose reported figure is
     * above 0 in the year and in the year before: elsewhere a missing subtrahend is unknown, not 0.
     *
     * @param reported figure that shows which provinces have reported; no filter narrows it
     */
    record DifferenceRule(Figure minuend, ShareOperand subtrahend, CountedFigure reported) implements DerivationRule {

        /** Dimension of the senders that report. */
        public static final String REPORTER_DIMENSION = "province";
    }

    /** Change from the same period some years before, in percent. */
    record ChangeRule(Figure figure, int yearsBack) implements DerivationRule {}

    /** Growth from the first to the last of several years, in percent a year, compounded. */
    record GrowthRule(Figure figure) implements DerivationRule {}

    /** Rule that uses the values by each code of one dimension; it leaves out facts without a code. */
    sealed interface PerCodeRule extends DerivationRule {
        Figure figure();

        String dimension();
    }

    /** Number of codes with a value above the threshold. */
    record ThresholdCountRule(Figure figure, String dimension, long threshold) implements PerCodeRule {}

    /** Share of the largest {@code top} codes, in percent. */
    record TopShareRule(Figure figure, String dimension, int topCodes) implements PerCodeRule {}

    /** Herfindahl-Hirschman index: the sum of the squared shares in percent, above 0 up to 10,000. */
    record HerfindahlRule(Figure figure, String dimension) implements PerCodeRule {}

    /** Median of the numbers of a dimension, weighted by count; between two numbers, their mean. */
    record MedianRule(Figure figure, String dimension) implements PerCodeRule {}
}
