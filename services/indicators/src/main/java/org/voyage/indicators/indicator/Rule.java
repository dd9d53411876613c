package org.voyage.indicators.indicator;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a figure follows from others. What has no value (a share of nothing) is empty, never 0. */
public sealed interface Rule {

    /** The figures that it is computed from. */
    List<Figure> operands();

    /** Its name in a definition. */
    String kind();

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
    record Share(Operand part, Operand whole) implements Rule {
        @Override
        public List<Figure> operands() {
            return List.of(part.of(), whole.of());
        }

        @Override
        public String kind() {
            return "share";
        }
    }

    /** Sum of several figures. */
    record Sum(List<Figure> of) implements Rule {
        public Sum {
            of = List.copyOf(of);
        }

        @Override
        public List<Figure> operands() {
            return of;
        }

        @Override
        public String kind() {
            return "sum";
        }
    }

    /** Against the same period some years before, in percent. */
    record Change(Figure of, int over) implements Rule {
        @Override
        public List<Figure> operands() {
            return List.of(of);
        }

        @Override
        public String kind() {
            return "change";
        }
    }

    /** From the first to the last of several years, in percent a year, compounded. */
    record Growth(Figure of) implements Rule {
        @Override
        public List<Figure> operands() {
            return List.of(of);
        }

        @Override
        public String kind() {
            return "growth";
        }
    }

    /** What looks at the values by each code of one dimension; facts without a code are left out. */
    sealed interface OfEach extends Rule {
        Figure of();

        String each();

        @Override
        default List<Figure> operands() {
            return List.of(of());
        }
    }

    /** How many codes have a value above the threshold. */
    record Over(Figure of, String each, long moreThan) implements OfEach {
        @Override
        public String kind() {
            return "over";
        }
    }

    /** Share of the largest {@code top} codes, in percent. */
    record Top(Figure of, String each, int top) implements OfEach {
        @Override
        public String kind() {
            return "concentration";
        }
    }

    /** Herfindahl-Hirschman index: the sum of the squared shares in percent, above 0 up to 10,000. */
    record Herfindahl(Figure of, String each) implements OfEach {
        @Override
        public String kind() {
            return "concentration";
        }
    }

    /** The middle one of the numbers of a dimension, each as often as it is counted; between two, their mean. */
    record Median(Figure of, String each) implements OfEach {
        @Override
        public String kind() {
            return "median";
        }
    }
}
