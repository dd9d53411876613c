package org.voyage.indicators.query;

/** One of the things that an answer is split by. */
public sealed interface Breakdown {

    /** As it stands in the question and in each value of the answer. */
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

    /** Whether the country is on a list: at the time that each value stands for, or now. */
    record MembershipBreakdown(ListCriterion criterion) implements Breakdown {
        @Override
        public String name() {
            return "list:" + criterion;
        }

        /** What stands at a value. */
        public String memberCode(boolean member) {
            return member ? BreakdownPlan.MEMBER_CODE : BreakdownPlan.NON_MEMBER_CODE;
        }
    }
}
