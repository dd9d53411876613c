package org.voyage.kit.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;

/**
 * The year that a record is about.
 *
 * @param field its field that begins with the year: a year, a day
 * @param year null if the record does not say
 */
public record ReportingYearField<T>(String field, Function<T, @Nullable Integer> year) {

    /** As far as what was sent says it, be it sound or not; null if it does not. */
    @Nullable
    public Integer yearOf(ObjectNode fields) {
        return CellTextParser.parseYear(fields.path(field).asText());
    }
}
