package org.voyage.kit.apidoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Files on the class path of the service that is being built. */
final class ContractFiles {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ContractFiles() {}

    /** The file of this name, or empty if there is none; YAML by its name, else JSON. */
    static Optional<JsonNode> find(String name) {
        return findAll(name).stream().findFirst();
    }

    /** Every file of this name, whichever part of the service it lies in. */
    static List<JsonNode> findAll(String name) {
        var files = new ArrayList<JsonNode>();
        try {
            for (URL url : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources(name))) {
                try (var in = url.openStream()) {
                    files.add((name.endsWith(".yaml") ? YAML : JSON).readTree(in));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        return files;
    }

    static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the OpenAPI model wants its examples. */
    static Object toPlainValue(JsonNode node) {
        return node.isTextual() ? node.asText() : JSON.convertValue(node, Object.class);
    }
}
