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

/** Contract files on the class path of the service that is being built. */
final class ContractFiles {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ContractFiles() {}

    /** Returns the file of this name, or empty if there is none; parsed as YAML or JSON by its name. */
    static Optional<JsonNode> find(String name) {
        return findAll(name).stream().findFirst();
    }

    /** Returns every file of this name, whichever module of the service it is in. */
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

    /** Converts an example to the form that the OpenAPI model expects. */
    static Object toPlainValue(JsonNode node) {
        return node.isTextual() ? node.asText() : JSON.convertValue(node, Object.class);
    }
}
