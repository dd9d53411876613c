package org.voyage.kit.apidoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Contract files on the class path of the service that is being built. */
public final class ContractFiles {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Set by kit-records. */
    private static final String RECORDS_PROPERTY = "voyage.api-document.records";

    /** Has events, but is no record with operations of its own. */
    private static final String BATCH_RECORD = "batch";

    private ContractFiles() {}

    /**
     * Returns the record types of the service that is being built: those of its topics that have an event schema. A service
     * without records of bureaus has none, whatever it publishes.
     */
    public static List<String> listRecordNames() {
        Config config = ConfigProvider.getConfig();
        if (!config.getOptionalValue(RECORDS_PROPERTY, Boolean.class).orElse(false)) {
            return List.of();
        }
        return config.getOptionalValue("voyage.outbox.topics", String.class).stream()
                .flatMap(topics -> Arrays.stream(topics.split(",")))
                .map(topic -> topic.strip().substring(topic.strip().indexOf('.') + 1))
                .filter(record -> !record.equals(BATCH_RECORD)
                        && find(nameOfEventSchema(record)).isPresent())
                .toList();
    }

    public static String nameOfEventSchema(String record) {
        return "contracts/events/" + record + "-changed.v1.schema.json";
    }

    /** Returns the file of this name, or empty if there is none; parsed as YAML or JSON by its name. */
    public static Optional<JsonNode> find(String name) {
        return findAll(name).stream().findFirst();
    }

    /** Returns every file of this name, whichever module of the service it is in. */
    public static List<JsonNode> findAll(String name) {
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

    public static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Converts an example to the form that the OpenAPI model expects. */
    public static Object toPlainValue(JsonNode node) {
        return node.isTextual() ? node.asText() : JSON.convertValue(node, Object.class);
    }
}
