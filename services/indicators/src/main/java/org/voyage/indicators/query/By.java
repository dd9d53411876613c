package org.voyage.indicators.query;

/** One of the things that an answer is split by. */
public sealed interface By {

    /** As it stands in the question and in each value of the answer. */
    String name();

    /** Calendar years. */
    record Year() implements By {
        @Override
        public String name() {
            return "year";
        }
    }

    /** A dimension of the figure. */
    record Dimension(String name) implements By {}

    /** Whether the country is on a list: at the time that each value stands for, or now. */
    record Membership(ListMoment list) implements By {
        @Override
        public String name() {
            return "list:" + list;
        }

        /** What stands at a value. */
        public String code(boolean member) {
            return member ? Split.MEMBER : Split.NON_MEMBER;
        }
    }
}
