package org.voyage.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Feed of the examples of the contract, with the signature of a laptop's key. */
final class ExampleFeed {

    static final String KEY = "cTjQDLlLfUabNJmwv6k9zXijWVGRybAhFOdiRJMHLH0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("../../contracts/feeds/events/examples");

    private ExampleFeed() {}

    static List<JsonNode> readEvents() {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.contains("withheld"))
                    .map(ExampleFeed::read)
                    .sorted(Comparator.comparing(event -> event.path("id").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String file) {
        try {
            return JSON.readTree(EXAMPLES.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode keys(String key) {
        ObjectNode keys = JSON.createObjectNode();
        keys.putArray("keys").addObject().put("kid", "1").put("x", key);
        return keys;
    }
}
