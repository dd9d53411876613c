package org.voyage.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.voyage.local.IssuerClients;

/** Client of the public HTTP APIs that acts as each bureau with its own token, and as the operator for figures. */
final class ApiClient implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record CachedToken(String text, Instant until) {}

    private final PlatformEndpoints endpoints;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, CachedToken> tokens = new ConcurrentHashMap<>();

    ApiClient(PlatformEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    PlatformEndpoints endpoints() {
        return endpoints;
    }

    static String bureauClient(String province) {
        return "bureau-" + province;
    }

    ApiResponse get(String client, URI service, String path) {
        return sendRequest(requestTo(client, service, path).GET().build());
    }

    ApiResponse post(String client, URI service, String path) {
        return sendRequest(
                requestTo(client, service, path).POST(BodyPublishers.noBody()).build());
    }

    ApiResponse post(String client, URI service, String path, BulkFile body, String... headers) {
        return sendRequest(withHeaders(requestTo(client, service, path), headers)
                .header("Content-Type", body.contentType())
                .POST(BodyPublishers.ofByteArray(body.bytes()))
                .build());
    }

    /** Returns the record as the service has it, also a withdrawn one. */
    ApiResponse read(BureauRecord entry) {
        return get(bureauClient(entry.province()), endpoints.ofBasePort(entry.type().service), pathOf(entry));
    }

    /** Sends the record. @param headers names and values of further headers, e.g. {@code If-Match} */
    ApiResponse put(BureauRecord entry, String... headers) {
        return put(
                bureauClient(entry.province()),
                endpoints.ofBasePort(entry.type().service),
                pathOf(entry),
                entry.fields(),
                headers);
    }

    ApiResponse put(String client, URI service, String path, Map<String, ?> fields, String... headers) {
        return sendRequest(withHeaders(requestTo(client, service, path), headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(toJson(fields)))
                .build());
    }

    /** Withdraws the record. @param headers names and values of further headers, e.g. {@code If-Match} */
    ApiResponse withdraw(BureauRecord entry, String reason, String... headers) {
        return sendRequest(withHeaders(
                        requestTo(
                                bureauClient(entry.province()),
                                endpoints.ofBasePort(entry.type().service),
                                pathOf(entry) + "?reason=" + encode(reason)),
                        headers)
                .DELETE()
                .build());
    }

    private static HttpRequest.Builder withHeaders(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    /**
     * Sends a file of rows of one type and waits for the outcome.
     *
     * @param headers names and values of further headers, e.g. {@code Idempotency-Key}
     */
    ApiResponse sendBatch(String province, DemoRecordType type, BulkFile file, String... headers) {
        return post(
                bureauClient(province),
                endpoints.ofBasePort(type.service),
                "/v1/" + type.path + "/batches",
                file,
                headers);
    }

    static String pathOf(BureauRecord entry) {
        return "/v1/" + entry.type().path + "/" + entry.province() + "/" + encode(entry.sourceId());
    }

    static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns a bearer token of the local issuer, kept until shortly before it expires. */
    String tokenFor(String client) {
        CachedToken held = tokens.get(client);
        if (held == null || held.until().isBefore(Instant.now())) {
            String form = "grant_type=client_credentials&client_id=" + encode(client) + "&client_secret="
                    + encode(IssuerClients.secretOf(client));
            JsonNode answer = sendRequest(
                            HttpRequest.newBuilder(endpoints.issuer().resolve("/token"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString(form))
                                    .build())
                    .requireOk()
                    .parseJson();
            long seconds = answer.path("expires_in").asLong(60);
            held = new CachedToken(
                    answer.path("access_token").asText(), Instant.now().plusSeconds(Math.max(1, seconds - 30)));
            tokens.put(client, held);
        }
        return held.text();
    }

    private HttpRequest.Builder requestTo(String client, URI service, String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Authorization", "Bearer " + tokenFor(client));
    }

    private ApiResponse sendRequest(HttpRequest request) {
        String what = request.method() + " " + request.uri();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            return new ApiResponse(what, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(what + " did not answer (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceRefusedException(what + " was interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
