package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Check of the examples in an OpenAPI document: every body, every answer and every required parameter has one, and each
 * fits its schema.
 */
final class ApiExampleCheck {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final ObjectNode document;
    private final List<String> faults = new ArrayList<>();

    ApiExampleCheck(ObjectNode document) {
        this.document = document;
    }

    List<String> findFaults() {
        checkPaths(document.path("paths"));
        checkPaths(document.path("webhooks"));
        return faults;
    }

    private void checkPaths(JsonNode paths) {
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                if (verb.getValue().has("responses")) {
                    checkOperation(verb.getKey() + " " + path.getKey(), verb.getValue());
                }
            }
        }
    }

    private void checkOperation(String name, JsonNode operation) {
        for (JsonNode named : operation.path("parameters")) {
            JsonNode parameter = resolveReference(named);
            String what = name + ": parameter " + parameter.path("name").asText();
            JsonNode example = findExample(parameter);
            if (example != null) {
                validateExample(parameter.path("schema"), example).forEach(error -> faults.add(what + ": " + error));
            } else if (parameter.path("required").asBoolean()) {
                faults.add(what);
            }
        }
        checkContent(
                name + ": request",
                resolveReference(operation.path("requestBody")).path("content"));
        for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
            checkContent(
                    name + ": " + answer.getKey(),
                    resolveReference(answer.getValue()).path("content"));
        }
    }

    private void checkContent(String name, JsonNode content) {
        for (Map.Entry<String, JsonNode> type : content.properties()) {
            if (isBinary(type.getKey())) {
                continue;
            }
            String what = name + " " + type.getKey();
            JsonNode media = type.getValue();
            JsonNode example = findExample(media);
            if (example == null) {
                faults.add(what);
            } else if (media.has("schema")) {
                validateExample(media.path("schema"), example).forEach(error -> faults.add(what + ": " + error));
            }
        }
    }

    private @Nullable JsonNode findExample(JsonNode of) {
        if (of.has("example")) {
            return of.path("example");
        }
        for (JsonNode named : of.path("examples")) {
            return named.has("value") ? named.path("value") : named;
        }
        return of.has("schema") ? findExample(resolveReference(of.path("schema"))) : null;
    }

    private List<String> validateExample(JsonNode schema, JsonNode example) {
        ObjectNode root = document.objectNode();
        root.set("components", document.path("components"));
        root.set("allOf", document.arrayNode().add(schema));
        return SCHEMAS
                .getSchema(root.toString(), InputFormat.JSON)
                .validate(
                        example.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static boolean isBinary(String mediaType) {
        return mediaType.startsWith("application/vnd.") || mediaType.equals("application/octet-stream");
    }

    private JsonNode resolveReference(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }
}
