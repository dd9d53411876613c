package org.voyage.indicators.feature.values;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.format.ReportLine;

/**
 * Whole figure in one year as readers outside see it.
 *
 * @param definition version that it was counted by
 * @param value decimal number; null when there is a status
 * @param status {@code suppressed}, {@code not-reported} or {@code undefined}; null when there is a value
 * @param release that shows it; null for a figure that is counted live
 */
record OutsideValue(
        String figure,
        int year,
        int definition,
        @Nullable String value,
        @Nullable String status,
        @Nullable Long release) {

    /** @param release null for a figure that is counted live; then a line without a value has none */
    static OutsideValue ofLine(String figure, int year, int definition, ReportLine line, @Nullable Long release) {
        String value = line.value() == null ? null : line.value().toPlainString();
        String status = value != null
                ? null
                : !line.isReported() ? "not-reported" : release != null ? "suppressed" : "undefined";
        return new OutsideValue(figure, year, definition, value, status, release);
    }

    String sourceId() {
        return figure + "." + year;
    }

    /** Returns the state in the event. */
    ObjectNode toState() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("figure", figure).put("year", year).put("definition", definition);
        if (value != null) {
            state.put("value", value);
        }
        if (status != null) {
            state.put("status", status);
        }
        if (release != null) {
            state.put("release", release);
        }
        return state;
    }

    /** Returns the code of the figure in a source id. */
    static String figureOf(String sourceId) {
        return sourceId.substring(0, sourceId.lastIndexOf('.'));
    }
}
