package org.voyage.indicators.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writer of codes by dimension as JSON: the year is a number, as everywhere, and every other code is text. */
public final class CoordinatesSerializer extends JsonSerializer<Map<String, String>> {
    private static final String YEAR_NAME = "year";

    /** Returns the members of the JSON object. */
    public static Map<String, Object> toMembers(Map<String, String> coordinates) {
        Map<String, Object> members = new LinkedHashMap<>(coordinates);
        members.computeIfPresent(YEAR_NAME, (_, year) -> toNumber(year.toString()));
        return members;
    }

    private static Object toNumber(String year) {
        return year.matches("\\d{4}") ? Integer.valueOf(year) : year;
    }

    @Override
    public void serialize(Map<String, String> coordinates, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        out.writePOJO(toMembers(coordinates));
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Map<String, String> coordinates) {
        return coordinates.isEmpty();
    }
}
