package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** HTTP client for the requests of an {@link AccessMatrix}. */
final class AccessHttpClient implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    /** Headers that differ between equal answers; the remaining request quota depends on the millisecond. */
    private static final Set<String> VOLATILE_HEADERS = Set.of("date", "x-request-id", "ratelimit");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;

    AccessHttpClient(int port) {
        this.root = "http://localhost:" + port;
    }

    /**
     * One answer.
     *
     * @param alike all visible parts of the answer except the request's id
     */
    record AccessResponse(int status, String body, String alike) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    AccessResponse sendRequest(String method, String target, @Nullable String token, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + target));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        request.method(
                method,
                contentType.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<Supplier<String>> answer = http.send(request.build(), AccessHttpClient::bodySubscriber);
            String text = answer.body().get();
            return new AccessResponse(answer.statusCode(), text, comparableText(answer, text));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(method + " " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Reads the whole body; of an endless event stream only the first part. */
    private static BodySubscriber<Supplier<String>> bodySubscriber(HttpResponse.ResponseInfo info) {
        boolean endless = info.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        return endless
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), stream -> () -> readFirstEvent(stream))
                : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), text -> () -> text);
    }

    private static String readFirstEvent(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String comparableText(HttpResponse<?> answer, String body) throws IOException {
        Map<String, Object> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(VOLATILE_HEADERS);
        if (body.startsWith("{") && JSON.readTree(body) instanceof ObjectNode problem) {
            problem.remove("instance");
            return answer.statusCode() + " " + headers + " " + problem;
        }
        return answer.statusCode() + " " + headers + " " + body;
    }

    JsonNode loadDocument() {
        try {
            return JSON.readTree(
                    sendRequest("GET", "/q/openapi?format=json", null, "", "").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
