package org.voyage.indicators.definition;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a figure follows from others. What has no value (a share of nothing) is empty, never 0. */
public sealed interface DerivationRule {

    /** The figures that it is computed from. */
    default List<Figure> operands() {
        return switch (this) {
            case ShareRule share -> List.of(share.part().figure(), share.whole().figure());
            case SumRule sum -> sum.figures();
            case ChangeRule change -> List.of(change.figure());
            case GrowthRule growth -> List.of(growth.figure());
            case PerCodeRule ofEach -> List.of(ofEach.figure());
        };
    }

    /** Its name in a definition. */
    default String kind() {
        return switch (this) {
            case ShareRule _ -> "share";
            case SumRule _ -> "sum";
            case ChangeRule _ -> "change";
            case GrowthRule _ -> "growth";
            case ThresholdCountRule _ -> "over";
            case TopShareRule _, HerfindahlRule _ -> "concentration";
            case MedianRule _ -> "median";
        };
    }

    /**
     * A figure as a share looks at it.
     *
     * @param includedCodes codes that are counted, per dimension
     * @param unfilteredDimensions dimensions (and {@code list}) that a question does not narrow it by: the whole stays the whole
     */
    record ShareOperand(Figure figure, Map<String, Set<String>> includedCodes, Set<String> unfilteredDimensions) {
        public ShareOperand {
            includedCodes = Map.copyOf(includedCodes);
            unfilteredDimensions = Set.copyOf(unfilteredDimensions);
        }
    }

    /** Part over whole, in percent. */
    record ShareRule(ShareOperand part, ShareOperand whole) implements DerivationRule {}

    /** Sum of several figures. */
    record SumRule(List<Figure> figures) implements DerivationRule {
        public SumRule {
            figures = List.copyOf(figures);
        }
    }

    /** Against the same period some years before, in percent. */
    record ChangeRule(Figure figure, int yearsBack) implements DerivationRule {}

    /** From the first to the last of several years, in percent a year, compounded. */
    record GrowthRule(Figure figure) implements DerivationRule {}

    /** What looks at the values by each code of one dimension; facts without a code are left out. */
    sealed interface PerCodeRule extends DerivationRule {
        Figure figure();

        String dimension();
    }

    /** How many codes have a value above the threshold. */
    record ThresholdCountRule(Figure figure, String dimension, long threshold) implements PerCodeRule {}

    /** Share of the largest {@code top} codes, in percent. */
    record TopShareRule(Figure figure, String dimension, int topCodes) implements PerCodeRule {}

    /** Herfindahl-Hirschman index: the sum of the squared shares in percent, above 0 up to 10,000. */
    record HerfindahlRule(Figure figure, String dimension) implements PerCodeRule {}

    /** The middle one of the numbers of a dimension, each as often as it is counted; between two, their mean. */
    record MedianRule(Figure figure, String dimension) implements PerCodeRule {}
}
