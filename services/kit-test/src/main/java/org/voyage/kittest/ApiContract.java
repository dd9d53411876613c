package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Test of a running service's OpenAPI document against {@code contracts/openapi}. The committed document equals the
 * generated one, breaks no client of the last release, and has examples for every operation.
 */
public final class ApiContract {
    /** Property that {@code ./voyage openapi} sets: the test writes the committed file instead of comparing it. */
    static final String WRITE_PROPERTY = "voyage.openapi.write";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .stringQuotingChecker(new EqualsSignQuoting())
            .build());

    /** Quotes a lone {@code =}, on which parsers of YAML 1.1 fail. */
    private static final class EqualsSignQuoting extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return value.equals("=") || super.needToQuoteValue(value);
        }
    }

    private final String service;
    private final ObjectNode document;

    private ApiContract(String service, ObjectNode document) {
        this.service = service;
        this.document = document;
    }

    /** Returns the contract of the running service. */
    public static ApiContract of(String service) {
        try {
            return new ApiContract(service, (ObjectNode)
                    JSON.readTree(RestAssured.get("/q/openapi?format=json").asByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if {@code contracts/openapi/<service>.yaml} differs from the generated document. */
    public void requireCommitted() {
        Path file = contractsFolder().resolve(service + ".yaml");
        try {
            if (Boolean.getBoolean(WRITE_PROPERTY)) {
                Files.writeString(file, YAML.writeValueAsString(document));
            }
            List<String> places = new ArrayList<>();
            collectDifferences(
                    "", Files.exists(file) ? YAML.readTree(file.toFile()) : JSON.nullNode(), document, places);
            assertThat(places)
                    .withFailMessage(
                            "contracts/openapi/%s.yaml is not what the code says: run ./voyage openapi and commit what changed;"
                                    + " it differs at %s",
                            service, places)
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fails if the document breaks the last release, the newest file in {@code contracts/openapi/released}. An
     * unreleased service passes, and so does the first document of another 0.x.
     */
    public void requireBackwardCompatible() {
        try {
            Optional<Path> newest = findNewestRelease();
            if (newest.isPresent() && isBinding(versionOf(newest.get()))) {
                requireCompatibleWith(newest.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether callers of the release may rely on it. Before 1.0 only releases of the same 0.x do (SemVer 4). */
    private boolean isBinding(String release) {
        String now = document.path("info").path("version").asText();
        return lineOf(release).equals(lineOf(now)) || !now.startsWith("0.");
    }

    private static String lineOf(String version) {
        String[] parts = version.split("\\.");
        return parts[0].equals("0") ? "0." + parts[1] : parts[0];
    }

    private Optional<Path> findNewestRelease() throws IOException {
        try (var files = Files.list(contractsFolder().resolve("released"))) {
            return files.filter(file -> file.getFileName().toString().matches(service + "-[0-9.]+\\.yaml"))
                    .max(Comparator.comparing(
                            // Runtime.Version accepts no version 0.
                            file -> Runtime.Version.parse("1." + versionOf(file).replaceAll("(\\.0)+$", ""))));
        }
    }

    private void requireCompatibleWith(Path release) throws IOException {
        var released = (ObjectNode) YAML.readTree(release.toFile());
        readAcceptedChanges(release).forEach(pointer -> {
            assertThat(released.at(pointer).isMissingNode())
                    .as(pointer.toString())
                    .isFalse();
            removeAt(released.at(pointer.head()), pointer.last());
        });
        assertThat(ApiDifference.findBreakingChanges(released, document))
                .as("what callers of %s rely on and would miss", release.getFileName())
                .isEmpty();
    }

    private static void removeAt(JsonNode from, JsonPointer what) {
        if (from instanceof ArrayNode array) {
            array.remove(what.getMatchingIndex());
        } else {
            ((ObjectNode) from).remove(what.getMatchingProperty());
        }
    }

    /** Fails if an operation lacks a valid example of its request or response. */
    public void requireExamples() {
        assertThat(new ApiExampleCheck(document).findFaults())
                .as(
                        "operations without sound examples: META-INF/openapi-examples.yaml of the service holds those that no"
                                + " record brings along")
                .isEmpty();
    }

    /**
     * Returns the places of the released document that may break: the decisions with their reasons in
     * {@code released/accepted.csv}. The comparison skips these places.
     */
    private static List<JsonPointer> readAcceptedChanges(Path release) throws IOException {
        String name = release.getFileName().toString().replace(".yaml", "");
        return Files.readAllLines(release.resolveSibling("accepted.csv")).stream()
                .map(line -> line.split(",", 3))
                .filter(line -> line[0].equals(name))
                .map(line -> JsonPointer.compile(line[1]))
                .toList();
    }

    private String versionOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(service.length() + 1, name.length() - ".yaml".length());
    }

    private static void collectDifferences(String place, JsonNode committed, JsonNode said, List<String> places) {
        if (committed.isObject() && said.isObject()) {
            var names = new TreeSet<String>();
            committed.fieldNames().forEachRemaining(names::add);
            said.fieldNames().forEachRemaining(names::add);
            names.forEach(
                    name -> collectDifferences(place + "/" + name, committed.path(name), said.path(name), places));
        } else if (committed.isArray() && said.isArray() && committed.size() == said.size()) {
            for (int i = 0; i < said.size(); i++) {
                collectDifferences(place + "/" + i, committed.get(i), said.get(i), places);
            }
        } else if (!committed.equals(said)) {
            places.add(place);
        }
    }

    private static Path contractsFolder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("contracts/openapi"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("contracts/openapi is in no folder above this one");
            }
        }
        return folder.resolve("contracts/openapi");
    }
}
