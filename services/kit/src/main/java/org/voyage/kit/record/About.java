package org.voyage.kit.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.CellText;

/**
 * The year that a record is about.
 *
 * @param field its field that begins with the year: a year, a day
 * @param year null if the record does not say
 */
public record About<T>(String field, Function<T, @Nullable Integer> year) {

    /** As far as what was sent says it, be it sound or not; null if it does not. */
    @Nullable
    Integer sent(ObjectNode fields) {
        return CellText.year(fields.path(field).asText());
    }
}
