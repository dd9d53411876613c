package org.voyage.indicators.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one state that some figure needs. What is absent, null or of another kind is not there. */
final class Fields {

    /** How a fact without a code is counted; a code that says so is none. */
    static final String UNKNOWN = "unknown";

    private final Map<String, Integer> places;
    private final @Nullable Object[] values;

    private Fields(Map<String, Integer> places, @Nullable Object[] values) {
        this.places = places;
        this.values = values;
    }

    /** Reads the same fields of every state of one record; keeps each text once, codes come again and again. */
    static final class Reader {
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<String, String> texts = new HashMap<>();

        Reader(Set<String> names) {
            names.forEach(name -> places.put(name, places.size()));
        }

        Fields read(JsonNode state) {
            @Nullable Object[] values = new @Nullable Object[places.size()];
            places.forEach((name, place) -> values[place] = value(state.path(name)));
            return new Fields(places, values);
        }

        private @Nullable Object value(JsonNode node) {
            if (node.isTextual() || node.isBoolean()) {
                return kept(node.asText());
            }
            if (node.isIntegralNumber() && node.canConvertToInt()) {
                return node.intValue();
            }
            if (node.isArray()) {
                Set<String> elements = new LinkedHashSet<>();
                node.forEach(element -> elements.add(kept(element.asText())));
                return List.copyOf(elements);
            }
            return null;
        }

        private String kept(String text) {
            String known = texts.putIfAbsent(text, text);
            return known == null ? text : known;
        }
    }

    /** A code, or the codes of a list; empty when there is none. */
    @Nullable
    List<String> codes(String name) {
        return switch (get(name)) {
            case String code when !code.equals(UNKNOWN) -> List.of(code);
            case List<?> list -> {
                List<String> codes = new ArrayList<>();
                list.forEach(code -> codes.add(String.valueOf(code)));
                yield codes;
            }
            case null, default -> null;
        };
    }

    @Nullable
    String text(String name) {
        return get(name) instanceof String text ? text : null;
    }

    @Nullable
    Integer number(String name) {
        return get(name) instanceof Integer number ? number : null;
    }

    @Nullable
    Integer day(String name) {
        try {
            return get(name) instanceof String text
                    ? Math.toIntExact(LocalDate.parse(text).toEpochDay())
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Object get(String name) {
        Integer place = places.get(name);
        return place == null ? null : values[place];
    }
}
