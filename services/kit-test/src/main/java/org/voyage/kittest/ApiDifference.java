package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedSchema;
import org.openapitools.openapidiff.core.model.ComposedChanged;
import org.openapitools.openapidiff.core.output.MarkdownRender;

/**
 * Comparison of a new OpenAPI document with an old one, for changes that break clients.
 *
 * <p>openapi-diff reads 3.1 but ignores types, which are lists there. So both documents are compared as 3.0: a list
 * with null becomes {@code nullable}, and {@code const} becomes an {@code enum} of one. The comparison leaves out
 * conditions between fields, which 3.0 cannot express, examples, and {@code uniqueItems}, which openapi-diff always
 * takes for a break.
 */
final class ApiDifference {
    private static final Set<String> IGNORED_KEYWORDS =
            Set.of("if", "then", "else", "example", "examples", "unevaluatedProperties", "uniqueItems");

    private ApiDifference() {}

    /** Returns the breaking changes as text; empty if every client of the old document works with the new one. */
    static String findBreakingChanges(JsonNode before, JsonNode after) {
        var changes = OpenApiCompare.fromContents(
                downgrade(before, false).toString(), downgrade(after, false).toString());
        var missing = new TreeSet<String>();
        addMissing(changes, missing);
        if (!changes.isIncompatible() && missing.isEmpty()) {
            return "";
        }
        var text = new ByteArrayOutputStream();
        new MarkdownRender().render(changes, new OutputStreamWriter(text, StandardCharsets.UTF_8));
        return (missing.isEmpty() ? "" : "Properties that are gone: " + missing + "\n")
                + text.toString(StandardCharsets.UTF_8);
    }

    /** Adds missing optional properties of an answer: openapi-diff accepts their removal, but clients read them. */
    private static void addMissing(Changed changed, Set<String> names) {
        if (changed instanceof ChangedSchema schema) {
            names.addAll(schema.getMissingProperties().keySet());
        }
        if (changed instanceof ComposedChanged composed) {
            composed.getChangedElements().stream()
                    .filter(Objects::nonNull)
                    .forEach(element -> addMissing(element, names));
        }
    }

    /**
     * Returns the node in the form of OpenAPI 3.0.
     *
     * @param names whether the keys of the node are chosen names and not words of OpenAPI
     */
    private static JsonNode downgrade(JsonNode node, boolean names) {
        if (node instanceof ArrayNode array) {
            ArrayNode lowered = array.arrayNode();
            array.forEach(item -> lowered.add(downgrade(item, false)));
            return lowered;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode lowered = object.objectNode();
        object.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (names) {
                // A boolean schema.
                lowered.set(name, value.isBoolean() ? object.objectNode() : downgrade(value, false));
            } else if (name.equals("openapi")) {
                lowered.put(name, "3.0.3");
            } else if (name.equals("type") && value.isArray()) {
                value.forEach(type -> {
                    if (type.asText().equals("null")) {
                        lowered.put("nullable", true);
                    } else {
                        lowered.set("type", type);
                    }
                });
            } else if (name.equals("const")) {
                lowered.putArray("enum").add(value);
            } else if (name.equals("pattern") && value.isTextual()) {
                if (object.path("format").asText().equals("date")) {
                    // The pattern repeats the format.
                    return;
                }
                // Two spellings of the same pattern.
                lowered.put(name, value.asText().replace("\\d", "[0-9]"));
            } else if (!IGNORED_KEYWORDS.contains(name)) {
                lowered.set(
                        name, downgrade(value, List.of("properties", "schemas").contains(name)));
            }
        });
        if (lowered.path("allOf") instanceof ArrayNode all) {
            all.removeIf(JsonNode::isEmpty);
            if (all.isEmpty()) {
                lowered.remove("allOf");
            }
        }
        return lowered;
    }
}
