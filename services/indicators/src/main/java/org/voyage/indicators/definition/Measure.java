package org.voyage.indicators.definition;

import java.util.List;

/** Measure: the amount that one fact adds to a figure. */
public sealed interface Measure {

    /** Returns whether the values of disjoint parts add up to the value of the whole. */
    default boolean isAdditive() {
        return !(this instanceof DistinctMeasure);
    }

    /** One. */
    record CountMeasure() implements Measure {}

    /** The product of its number fields; a fact that lacks one of them adds nothing. */
    record SumMeasure(List<String> fields) implements Measure {
        public SumMeasure {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Number of different values of a field. A list gives each of its elements. A link field gives the record that it
     * names: senders may use one id for different records. {@link #RECORD_ITSELF} is the fact itself, wherever its list
     * of codes makes it count.
     */
    record DistinctMeasure(String field) implements Measure {

        public static final String RECORD_ITSELF = "record";

        public boolean countsRecords() {
            return field.equals(RECORD_ITSELF);
        }
    }
}
