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
 * What a new OpenAPI document takes away from the callers of an old one.
 *
 * <p>openapi-diff reads 3.1 and then overlooks types, which have become lists there. So both documents are compared as
 * 3.0: a list with null becomes {@code nullable}, {@code const} an {@code enum} of one; conditions between fields, which
 * 3.0 cannot say, examples, and {@code uniqueItems}, of which it takes every mention for a break, are left out.
 */
final class ApiDifference {
    private static final Set<String> IGNORED_KEYWORDS =
            Set.of("if", "then", "else", "example", "examples", "unevaluatedProperties", "uniqueItems");

    private ApiDifference() {}

    /**
     * Empty if every caller of the old one can go on with the new one; otherwise what differs, for people to read.
     */
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

    /** openapi-diff lets optional properties of an answer go; but who reads one misses it. */
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

    /** @param names whether the keys of the node are names that somebody chose, not words of OpenAPI */
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
                // A schema that is only true or false.
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
                    // It says no more than the format does.
                    return;
                }
                // Two ways to write the same.
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
