package org.voyage.indicators.indicator;

import java.util.List;

/** What one fact adds to a figure. */
public sealed interface Measure {

    /** Whether the values of disjoint parts add up to the value of the whole. */
    default boolean addsUp() {
        return !(this instanceof Distinct);
    }

    /** One. */
    record Count() implements Measure {}

    /** The product of its number fields; a fact that lacks one of them adds nothing. */
    record Sum(List<String> of) implements Measure {
        public Sum {
            of = List.copyOf(of);
        }
    }

    /**
     * Its values of a field; the figure is how many different ones there are. A list gives each of its elements,
     * a field that joins gives the record that it names: sources may use one id for different records. {@link #RECORD}
     * is the fact itself, wherever its list of codes makes it count.
     */
    record Distinct(String of) implements Measure {

        public static final String RECORD = "record";

        public boolean ofRecord() {
            return of.equals(RECORD);
        }
    }
}
