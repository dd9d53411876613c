package org.voyage.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Comparison of an event schema with that of a release, from the view of a reader: what the reader knows from the released
 * schema must hold for each event of the present one. A reader ignores fields that it does not know, so a new field breaks
 * nothing. Where the comparison cannot prove a change harmless, such as another pattern, it reports the change.
 */
final class EventSchemaComparison {

    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default");
    private static final Set<String> COMPARED = Set.of(
            "$ref",
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "items",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            // A reader ignores what it does not know.
            "additionalProperties",
            "unevaluatedProperties");
    private static final List<String> LOWER_BOUNDS = List.of("minimum", "exclusiveMinimum", "minLength", "minItems");
    private static final List<String> UPPER_BOUNDS = List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems");
    private static final List<String> EQUALS = List.of("pattern", "format", "uniqueItems", "not", "if");

    private final JsonNode released;
    private final JsonNode present;
    private final List<String> breaks = new ArrayList<>();

    private EventSchemaComparison(JsonNode released, JsonNode present) {
        this.released = released;
        this.present = present;
    }

    /** Returns what a reader of the released schema would miss, one clause per change; empty when the reader misses nothing. */
    static List<String> findBreakingChanges(JsonNode released, JsonNode present) {
        EventSchemaComparison comparison = new EventSchemaComparison(released, present);
        comparison.compare("", released, present);
        return comparison.breaks.stream().distinct().toList();
    }

    private void compare(String place, JsonNode releasedPart, JsonNode presentPart) {
        JsonNode before = resolve(released, releasedPart);
        JsonNode now = resolve(present, presentPart);
        if (before.isMissingNode() || before.isBoolean() && before.asBoolean()) {
            return;
        }
        if (before.isBoolean() || now.isBoolean()) {
            if (!before.equals(now)) {
                report(place, now.isBoolean() && !now.asBoolean() ? "is never there any more" : "may be there now");
            }
            return;
        }
        requireKnownKeywords(before);
        requireKnownKeywords(now);
        compareTypes(place, before, now);
        compareValues(place, before, now);
        compareBounds(place, before, now);
        compareFields(place, before, now);
        if (before.has("items")) {
            compare(place + "[]", before.path("items"), partOf(now, "items"));
        }
        compare(place, before.path("then"), partOf(now, "then"));
        compare(place, before.path("else"), partOf(now, "else"));
        compareEach(place, before.path("allOf"), now.path("allOf"), true);
        compareAlternatives(place, before, now);
    }

    /** Returns a part of a schema; a schema that allows everything when there is none. */
    private static JsonNode partOf(JsonNode schema, String keyword) {
        return schema.has(keyword) ? schema.path(keyword) : open();
    }

    private static ObjectNode open() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void compareTypes(String place, JsonNode before, JsonNode now) {
        Set<String> known = typesOf(before.path("type"));
        if (known.isEmpty()) {
            return;
        }
        Set<String> sent = typesOf(now.path("type"));
        if (sent.isEmpty()) {
            valuesOf(now).forEach(value -> sent.add(typeOf(value)));
        }
        boolean isKnown = !sent.isEmpty()
                && sent.stream()
                        .allMatch(type -> known.contains(type) || type.equals("integer") && known.contains("number"));
        if (!isKnown) {
            report(
                    place,
                    "was of type %s and %s"
                            .formatted(
                                    join(known),
                                    sent.isEmpty() ? "may be of any type now" : "is now of type " + join(sent)));
        }
    }

    private static Set<String> typesOf(JsonNode type) {
        Set<String> types = new HashSet<>();
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(each -> types.add(each.asText()));
        return types;
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case ARRAY -> "array";
            default -> "object";
        };
    }

    private void compareValues(String place, JsonNode before, JsonNode now) {
        List<JsonNode> known = valuesOf(before);
        if (known.isEmpty()) {
            return;
        }
        List<JsonNode> sent = valuesOf(now);
        if (sent.isEmpty()) {
            report(place, "had the values %s only and may have any now".formatted(join(known)));
            return;
        }
        List<JsonNode> added =
                sent.stream().filter(value -> !known.contains(value)).toList();
        if (!added.isEmpty()) {
            report(place, "may have the value %s now".formatted(join(added)));
        }
    }

    private static List<JsonNode> valuesOf(JsonNode schema) {
        List<JsonNode> values = new ArrayList<>();
        schema.path("enum").forEach(values::add);
        if (schema.has("const")) {
            values.add(schema.path("const"));
        }
        return values;
    }

    private void compareBounds(String place, JsonNode before, JsonNode now) {
        for (String bound : LOWER_BOUNDS) {
            boolean holds = now.has(bound)
                    && now.path(bound)
                                    .decimalValue()
                                    .compareTo(before.path(bound).decimalValue())
                            >= 0;
            requireBound(place, bound, before, now, holds || allValues(now, bound, before));
        }
        for (String bound : UPPER_BOUNDS) {
            boolean holds = now.has(bound)
                    && now.path(bound)
                                    .decimalValue()
                                    .compareTo(before.path(bound).decimalValue())
                            <= 0;
            requireBound(place, bound, before, now, holds || allValues(now, bound, before));
        }
        for (String keyword : EQUALS) {
            boolean holds = before.path(keyword).equals(now.path(keyword));
            requireBound(place, keyword, before, now, holds || allValues(now, keyword, before));
        }
    }

    /** Returns whether the values are written down, which {@link #compareValues} compares where the release has values, too. */
    private static boolean allValues(JsonNode now, String keyword, JsonNode before) {
        return !keyword.equals("if")
                && !keyword.equals("not")
                && !valuesOf(now).isEmpty()
                && !valuesOf(before).isEmpty();
    }

    private void requireBound(String place, String keyword, JsonNode before, JsonNode now, boolean holds) {
        if (before.has(keyword) && !holds) {
            report(
                    place,
                    now.has(keyword)
                            ? "had %s %s and has %s now".formatted(keyword, before.path(keyword), now.path(keyword))
                            : "had %s %s and has none now".formatted(keyword, before.path(keyword)));
        }
    }

    private void compareFields(String place, JsonNode before, JsonNode now) {
        for (Map.Entry<String, JsonNode> field : before.path("properties").properties()) {
            String name = nameOf(place, field.getKey());
            if (now.path("properties").has(field.getKey())) {
                compare(name, field.getValue(), now.path("properties").path(field.getKey()));
            } else {
                report(name, "is gone");
            }
        }
        Set<String> required = texts(now.path("required"));
        for (String field : texts(before.path("required"))) {
            if (!required.contains(field)) {
                report(nameOf(place, field), "was always there and may be absent now");
            }
        }
    }

    private static String nameOf(String place, String field) {
        return place.isEmpty() ? field : place + "." + field;
    }

    private void compareAlternatives(String place, JsonNode before, JsonNode now) {
        for (String keyword : List.of("oneOf", "anyOf")) {
            if (before.has(keyword)) {
                JsonNode alternatives = Stream.of("oneOf", "anyOf")
                        .map(now::path)
                        .filter(JsonNode::isArray)
                        .findFirst()
                        .orElseGet(() -> open().putArray("alternatives").add(now));
                compareEach(place, alternatives, before.path(keyword), false);
            }
        }
    }

    /**
     * Compares two lists of schemas, each element with the one that fits best.
     *
     * @param needed elements that each need a partner
     * @param isReleased whether these are the released ones
     */
    private void compareEach(String place, JsonNode needed, JsonNode partners, boolean isReleased) {
        for (int index = 0; index < needed.size(); index++) {
            List<String> fewest = null;
            for (int other = 0; other < partners.size() && (fewest == null || !fewest.isEmpty()); other++) {
                JsonNode each = needed.get(index);
                List<String> found = isReleased
                        ? findBetween(place, each, partners.get(other))
                        : findBetween(place, partners.get(other), each);
                if (found.isEmpty() || fewest == null || other == index) {
                    fewest = found;
                }
            }
            if (fewest == null) {
                report(place, isReleased ? "lost a rule" : "may have another form now");
            } else {
                breaks.addAll(fewest);
            }
        }
    }

    private List<String> findBetween(String place, JsonNode before, JsonNode now) {
        EventSchemaComparison comparison = new EventSchemaComparison(released, present);
        comparison.compare(place, before, now);
        return comparison.breaks;
    }

    private static void requireKnownKeywords(JsonNode schema) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!ANNOTATIONS.contains(keyword)
                    && !COMPARED.contains(keyword)
                    && !LOWER_BOUNDS.contains(keyword)
                    && !UPPER_BOUNDS.contains(keyword)
                    && !EQUALS.contains(keyword)) {
                throw new IllegalArgumentException("EventSchemaComparison does not compare the keyword " + keyword);
            }
        });
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        String reference = schema.path("$ref").asText();
        if (reference.isEmpty()) {
            return schema;
        }
        JsonNode found = reference.startsWith("#") ? document.at(reference.substring(1)) : MissingNode.getInstance();
        if (found.isMissingNode()) {
            throw new IllegalArgumentException("EventSchemaComparison does not follow the reference " + reference);
        }
        return resolve(document, found);
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String join(Iterable<?> values) {
        return String.join(
                ", ",
                StreamSupport.stream(values.spliterator(), false)
                        .map(Objects::toString)
                        .sorted()
                        .toList());
    }

    private void report(String place, String change) {
        breaks.add((place.isEmpty() ? "the event" : place) + " " + change);
    }
}
