package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OpenAPI document as a fuzz test reads it. */
record ApiFuzzDocument(JsonNode tree) {

    /** One verb on one path. {@code bodies} holds the schema of each accepted media type. */
    record FuzzOperation(String method, String path, List<FuzzParameter> parameters, Map<String, JsonNode> bodies) {
        String name() {
            return method + " " + path;
        }
    }

    record FuzzParameter(String name, String in, JsonNode schema) {}

    List<FuzzOperation> collectOperations() {
        List<FuzzOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : tree.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                if (verb.getValue().has("responses")) {
                    List<FuzzParameter> parameters = new ArrayList<>();
                    collectParameters(path.getValue().path("parameters"), parameters);
                    collectParameters(verb.getValue().path("parameters"), parameters);
                    operations.add(new FuzzOperation(
                            verb.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            List.copyOf(parameters),
                            readBodies(verb.getValue())));
                }
            }
        }
        return operations;
    }

    private void collectParameters(JsonNode listed, List<FuzzParameter> parameters) {
        for (JsonNode each : listed) {
            JsonNode parameter = resolveReference(each);
            parameters.add(new FuzzParameter(
                    parameter.path("name").asText(), parameter.path("in").asText(), parameter.path("schema")));
        }
    }

    private Map<String, JsonNode> readBodies(JsonNode operation) {
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        resolveReference(operation.path("requestBody"))
                .path("content")
                .properties()
                .forEach(content -> bodies.put(
                        content.getKey().equals("*/*") ? "application/json" : content.getKey(),
                        resolveReference(content.getValue().path("schema"))));
        return bodies;
    }

    /** Returns the target of a {@code $ref}, or the node itself. */
    JsonNode resolveReference(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.startsWith("#/") ? tree.at(reference.substring(1)) : node;
    }
}
