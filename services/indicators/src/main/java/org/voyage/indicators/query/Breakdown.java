package org.voyage.indicators.query;

/** One breakdown of an answer. */
public sealed interface Breakdown {

    /** Returns the name in the query and in each value of the answer. */
    String name();

    /** Calendar years. */
    record YearBreakdown() implements Breakdown {
        @Override
        public String name() {
            return "year";
        }
    }

    /** A dimension of the figure. */
    record DimensionBreakdown(String name) implements Breakdown {}

    /** Breakdown by membership of the country in a list: at the time of each value, or now. */
    record MembershipBreakdown(ListCriterion criterion) implements Breakdown {
        @Override
        public String name() {
            return "list:" + criterion;
        }

        /** Returns the code in the coordinates of a value. */
        public String memberCode(boolean member) {
            return member ? BreakdownPlan.MEMBER_CODE : BreakdownPlan.NON_MEMBER_CODE;
        }
    }
}
