package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an OpenAPI document says that a fuzz test needs. */
record ApiFuzzDocument(JsonNode tree) {

    /** One verb on one path. {@code bodies} holds the schema of each media type it takes. */
    record Operation(String method, String path, List<Parameter> parameters, Map<String, JsonNode> bodies) {
        String name() {
            return method + " " + path;
        }
    }

    record Parameter(String name, String in, JsonNode schema) {}

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : tree.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
                if (verb.getValue().has("responses")) {
                    List<Parameter> parameters = new ArrayList<>();
                    collect(path.getValue().path("parameters"), parameters);
                    collect(verb.getValue().path("parameters"), parameters);
                    operations.add(new Operation(
                            verb.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            List.copyOf(parameters),
                            bodies(verb.getValue())));
                }
            }
        }
        return operations;
    }

    private void collect(JsonNode listed, List<Parameter> parameters) {
        for (JsonNode each : listed) {
            JsonNode parameter = resolved(each);
            parameters.add(new Parameter(
                    parameter.path("name").asText(), parameter.path("in").asText(), parameter.path("schema")));
        }
    }

    private Map<String, JsonNode> bodies(JsonNode operation) {
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        resolved(operation.path("requestBody"))
                .path("content")
                .properties()
                .forEach(content -> bodies.put(
                        content.getKey().equals("*/*") ? "application/json" : content.getKey(),
                        resolved(content.getValue().path("schema"))));
        return bodies;
    }

    /** What a {@code $ref} points at, or the node itself. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText("");
        return reference.startsWith("#/") ? tree.at(reference.substring(1)) : node;
    }
}
