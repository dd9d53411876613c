package org.voyage.indicators.indicator;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a figure follows from others. What has no value (a share of nothing) is empty, never 0. */
public sealed interface Rule {

    /** The figures that it is computed from. */
    default List<Figure> operands() {
        return switch (this) {
            case Share share -> List.of(share.part().of(), share.whole().of());
            case Sum sum -> sum.of();
            case Change change -> List.of(change.of());
            case Growth growth -> List.of(growth.of());
            case OfEach ofEach -> List.of(ofEach.of());
        };
    }

    /** Its name in a definition. */
    default String kind() {
        return switch (this) {
            case Share _ -> "share";
            case Sum _ -> "sum";
            case Change _ -> "change";
            case Growth _ -> "growth";
            case Over _ -> "over";
            case Top _, Herfindahl _ -> "concentration";
            case Median _ -> "median";
        };
    }

    /**
     * A figure as a share looks at it.
     *
     * @param where codes that are counted, per dimension
     * @param all dimensions (and {@code list}) that a question does not narrow it by: the whole stays the whole
     */
    record Operand(Figure of, Map<String, Set<String>> where, Set<String> all) {
        public Operand {
            where = Map.copyOf(where);
            all = Set.copyOf(all);
        }
    }

    /** Part over whole, in percent. */
    record Share(Operand part, Operand whole) implements Rule {}

    /** Sum of several figures. */
    record Sum(List<Figure> of) implements Rule {
        public Sum {
            of = List.copyOf(of);
        }
    }

    /** Against the same period some years before, in percent. */
    record Change(Figure of, int over) implements Rule {}

    /** From the first to the last of several years, in percent a year, compounded. */
    record Growth(Figure of) implements Rule {}

    /** What looks at the values by each code of one dimension; facts without a code are left out. */
    sealed interface OfEach extends Rule {
        Figure of();

        String each();
    }

    /** How many codes have a value above the threshold. */
    record Over(Figure of, String each, long moreThan) implements OfEach {}

    /** Share of the largest {@code top} codes, in percent. */
    record Top(Figure of, String each, int top) implements OfEach {}

    /** Herfindahl-Hirschman index: the sum of the squared shares in percent, above 0 up to 10,000. */
    record Herfindahl(Figure of, String each) implements OfEach {}

    /** The middle one of the numbers of a dimension, each as often as it is counted; between two, their mean. */
    record Median(Figure of, String each) implements OfEach {}
}
