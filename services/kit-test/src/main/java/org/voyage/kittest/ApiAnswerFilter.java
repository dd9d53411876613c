package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * REST-assured filter that compares every answer with the OpenAPI document of the running service: operation, status,
 * media type and JSON body. It fails the request whose answer the document does not describe.
 */
public final class ApiAnswerFilter implements Filter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final int MAX_SHOWN_CHARACTERS = 2_000;

    private static final Map<Integer, ApiAnswerFilter> BY_PORT = new ConcurrentHashMap<>();

    private final ObjectNode document;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private ApiAnswerFilter(ObjectNode document) {
        this.document = document;
    }

    /**
     * Returns a filter with the document of the service under test. Tests of one service share it, because the document
     * is long.
     */
    public static ApiAnswerFilter ofRunningService() {
        return BY_PORT.computeIfAbsent(RestAssured.port, _ -> readDocument());
    }

    private static ApiAnswerFilter readDocument() {
        return new ApiAnswerFilter((ObjectNode) RecordApiClient.parseJson(
                RestAssured.get("/q/openapi?format=json").asByteArray()));
    }

    /** Lets every further request of REST-assured pass through this filter. */
    public ApiAnswerFilter install() {
        RestAssured.replaceFiltersWith(this);
        return this;
    }

    public static void uninstall() {
        RestAssured.replaceFiltersWith(List.of());
    }

    public JsonNode document() {
        return document;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        String path = request.getURI().replaceFirst("^[a-z]+://[^/]+", "").replaceFirst("\\?.*$", "");
        if (path.startsWith("/v1/")) {
            checkAnswer(request.getMethod().toLowerCase(Locale.ROOT), path, answer);
        }
        return answer;
    }

    private void checkAnswer(String method, String path, Response answer) {
        Optional<String> template = findTemplate(path);
        if (template.isEmpty() || !document.at("/paths").path(template.get()).has(method)) {
            assertThat(answer.statusCode())
                    .as(method + " " + path + " is in no document")
                    .isIn(404, 405);
            return;
        }
        String operation = method + " " + template.get();
        JsonNode responses =
                document.at("/paths").path(template.get()).path(method).path("responses");
        String status = String.valueOf(answer.statusCode());
        String described = responses.has(status) ? status : answer.statusCode() >= 400 ? "default" : status;
        assertThat(responses.has(described))
                .as(operation + " answered " + status)
                .isTrue();
        JsonNode content = resolve(responses.path(described)).path("content");
        String what = operation + " " + status;
        String type = Optional.ofNullable(answer.contentType()).orElse("");
        if (answer.asByteArray().length == 0) {
            seen.add(what);
            findMediaType(content, type).ifPresent(known -> seen.add(what + " " + known));
            return;
        }
        String known = findMediaType(content, type)
                .orElseThrow(() -> new AssertionError(what + " has the media type " + type + ", the document "
                        + content.properties().stream().map(Map.Entry::getKey).toList()));
        seen.add(what);
        seen.add(what + " " + known);
        if (known.endsWith("ndjson")) {
            answer.asString().lines().forEach(line -> requireJson(what, line));
        } else if (known.endsWith("json")) {
            requireSchema(what + " " + known, content.path(known).path("schema"), answer.asString());
        }
    }

    private static void requireJson(String what, String line) {
        try {
            JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(what + ": " + line, e);
        }
    }

    private void requireSchema(String what, JsonNode schema, String body) {
        List<String> errors = schemas
                .computeIfAbsent(what, key -> {
                    ObjectNode root = document.objectNode();
                    root.set("components", document.path("components"));
                    root.set("allOf", document.arrayNode().add(schema));
                    return SCHEMAS.getSchema(root.toString(), InputFormat.JSON);
                })
                .validate(
                        body,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
        assertThat(errors)
                .as(what + " answered what the document does not say: "
                        + body.substring(0, Math.min(MAX_SHOWN_CHARACTERS, body.length())))
                .isEmpty();
    }

    private static Optional<String> findMediaType(JsonNode content, String type) {
        String plain = type.replace(" ", "").toLowerCase(Locale.ROOT);
        return content.properties().stream()
                .map(Map.Entry::getKey)
                .filter(known -> plain.equals(known) || plain.startsWith(known + ";"))
                .findFirst();
    }

    private Optional<String> findTemplate(String path) {
        String[] parts = path.split("/", -1);
        return document.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .filter(template -> matches(template.split("/", -1), parts))
                // A path with fewer parameters is nearer.
                .min((a, b) -> Long.compare(countParameters(a), countParameters(b)));
    }

    private static long countParameters(String template) {
        return template.chars().filter(letter -> letter == '{').count();
    }

    private static boolean matches(String[] template, String[] parts) {
        if (template.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!template[i].startsWith("{") && !template[i].equals(parts[i])) {
                return false;
            }
        }
        return true;
    }

    private JsonNode resolve(JsonNode node) {
        @Nullable String reference = node.path("$ref").textValue();
        return reference == null ? node : document.at(reference.substring(1));
    }

    /**
     * Fails unless every successful answer of every operation was seen, in each of its media types.
     *
     * @param except beginnings of {@code method path status mediaType} that cannot be had here
     */
    public void requireAllAnswersSeen(Collection<String> except) {
        Set<String> missing = new TreeSet<>();
        Map<String, List<String>> expected = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(verb -> expected.put(
                                verb.getKey() + " " + path.getKey(),
                                listSuccesses(verb.getKey() + " " + path.getKey(), verb.getValue()))));
        expected.values().forEach(missing::addAll);
        missing.removeAll(seen);
        missing.removeIf(answer -> except.stream().anyMatch(answer::startsWith));
        assertThat(missing).as("answers that no request had").isEmpty();
    }

    private List<String> listSuccesses(String operation, JsonNode described) {
        List<String> answers = new ArrayList<>();
        described.path("responses").properties().forEach(response -> {
            if (response.getKey().startsWith("2")) {
                JsonNode content = resolve(response.getValue()).path("content");
                answers.add(operation + " " + response.getKey());
                content.properties()
                        .forEach(type -> answers.add(operation + " " + response.getKey() + " " + type.getKey()));
            }
        });
        return answers;
    }
}
