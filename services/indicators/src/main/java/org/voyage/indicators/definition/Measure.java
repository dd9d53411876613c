package org.voyage.indicators.definition;

import java.util.List;

/** What one fact adds to a figure. */
public sealed interface Measure {

    /** Whether the values of disjoint parts add up to the value of the whole. */
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
     * Its values of a field; the figure is how many different ones there are. A list gives each of its elements,
     * a field that joins gives the record that it names: sources may use one id for different records. {@link #RECORD_ITSELF}
     * is the fact itself, wherever its list of codes makes it count.
     */
    record DistinctMeasure(String field) implements Measure {

        public static final String RECORD_ITSELF = "record";

        public boolean countsRecords() {
            return field.equals(RECORD_ITSELF);
        }
    }
}
