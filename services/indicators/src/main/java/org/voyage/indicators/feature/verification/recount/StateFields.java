package org.voyage.indicators.feature.verification.recount;

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

/** Fields of one state that some figure needs. Absent fields, null and values of another type are missing. */
public final class StateFields {

    /** The code of a fact without a code; a code with this text counts as absent. */
    static final String UNKNOWN_CODE = "unknown";

    private final Map<String, Integer> places;
    private final @Nullable Object[] values;

    private StateFields(Map<String, Integer> places, @Nullable Object[] values) {
        this.places = places;
        this.values = values;
    }

    /**
     * Reader of the same fields of every state of one record. It keeps each text once, because codes repeat. A name
     * with a dot is a member of the objects of a list.
     */
    static final class StateFieldsReader {
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<String, String> texts = new HashMap<>();

        StateFieldsReader(Set<String> names) {
            names.forEach(name -> places.put(name, places.size()));
        }

        StateFields readFields(JsonNode state) {
            @Nullable Object[] values = new @Nullable Object[places.size()];
            places.forEach((name, place) -> {
                int dot = name.indexOf('.');
                values[place] = dot < 0
                        ? toValue(state.path(name))
                        : readMembers(state.path(name.substring(0, dot)), name.substring(dot + 1));
            });
            return new StateFields(places, values);
        }

        /** Returns one value of each object, including equal ones. */
        private @Nullable List<String> readMembers(JsonNode objects, String member) {
            if (!objects.isArray()) {
                return null;
            }
            List<String> members = new ArrayList<>();
            objects.forEach(object -> members.add(internText(object.path(member).asText())));
            return List.copyOf(members);
        }

        private @Nullable Object toValue(JsonNode node) {
            if (node.isTextual() || node.isBoolean()) {
                return internText(node.asText());
            }
            if (node.isIntegralNumber() && node.canConvertToInt()) {
                return node.intValue();
            }
            if (node.isArray()) {
                Set<String> elements = new LinkedHashSet<>();
                node.forEach(element -> elements.add(internText(element.asText())));
                return List.copyOf(elements);
            }
            return null;
        }

        private String internText(String text) {
            String known = texts.putIfAbsent(text, text);
            return known == null ? text : known;
        }
    }

    /** Returns a code, or the codes of a list; empty when there is none. */
    @Nullable
    List<String> codesOf(String name) {
        return switch (valueOf(name)) {
            case String code when !code.equals(UNKNOWN_CODE) -> List.of(code);
            case List<?> list -> {
                List<String> codes = new ArrayList<>();
                list.forEach(code -> codes.add(String.valueOf(code)));
                yield codes;
            }
            case null, default -> null;
        };
    }

    @Nullable
    public String textOf(String name) {
        return valueOf(name) instanceof String text ? text : null;
    }

    @Nullable
    Integer numberOf(String name) {
        return valueOf(name) instanceof Integer number ? number : null;
    }

    @Nullable
    Integer dayOf(String name) {
        try {
            return valueOf(name) instanceof String text
                    ? Math.toIntExact(LocalDate.parse(text).toEpochDay())
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Object valueOf(String name) {
        Integer place = places.get(name);
        return place == null ? null : values[place];
    }
}
