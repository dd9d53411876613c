package org.voyage.kit.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;

/**
 * Field that gives the reporting year of a record.
 *
 * @param field name of the field, whose value begins with the year: a year, a day
 * @param year null if the record does not say
 */
public record ReportingYearField<T>(String field, Function<T, @Nullable Integer> year) {

    /** Returns the year of a submission, valid or not; null if the submission does not say. */
    @Nullable
    public Integer yearOf(ObjectNode fields) {
        return CellTextParser.parseYear(fields.path(field).asText());
    }
}
