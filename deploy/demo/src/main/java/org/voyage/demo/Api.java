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
import org.voyage.local.Clients;

/** The public HTTP APIs, called as one client after another: each bureau with its own token, the operator for figures. */
final class Api implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Token(String text, Instant until) {}

    private final Endpoints endpoints;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    Api(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    static String bureau(String province) {
        return "bureau-" + province;
    }

    Answer get(String client, URI service, String path) {
        return send(request(client, service, path).GET().build());
    }

    Answer post(String client, URI service, String path) {
        return send(request(client, service, path).POST(BodyPublishers.noBody()).build());
    }

    Answer post(String client, URI service, String path, BulkFile body) {
        return send(request(client, service, path)
                .header("Content-Type", body.contentType())
                .POST(BodyPublishers.ofByteArray(body.bytes()))
                .build());
    }

    Answer put(Entry entry) {
        return send(request(bureau(entry.province()), endpoints.of(entry.type().service), path(entry))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json(entry.fields())))
                .build());
    }

    Answer withdraw(Entry entry, String reason) {
        return send(request(
                        bureau(entry.province()),
                        endpoints.of(entry.type().service),
                        path(entry) + "?reason=" + encoded(reason))
                .DELETE()
                .build());
    }

    /** Sends a file of rows of one type and waits for the outcome. */
    Answer batch(String province, RecordType type, BulkFile file) {
        return post(bureau(province), endpoints.of(type.service), "/v1/" + type.path + "/batches", file);
    }

    static String path(Entry entry) {
        return "/v1/" + entry.type().path + "/" + entry.province() + "/" + encoded(entry.sourceId());
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A bearer token of the local issuer, kept until shortly before it expires. */
    String token(String client) {
        Token held = tokens.get(client);
        if (held == null || held.until().isBefore(Instant.now())) {
            String form = "grant_type=client_credentials&client_id=" + encoded(client) + "&client_secret="
                    + encoded(Clients.secret(client));
            JsonNode answer = send(HttpRequest.newBuilder(endpoints.issuer().resolve("/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form))
                            .build())
                    .orRefused()
                    .json();
            long seconds = answer.path("expires_in").asLong(60);
            held = new Token(
                    answer.path("access_token").asText(), Instant.now().plusSeconds(Math.max(1, seconds - 30)));
            tokens.put(client, held);
        }
        return held.text();
    }

    private HttpRequest.Builder request(String client, URI service, String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token(client));
    }

    private Answer send(HttpRequest request) {
        String what = request.method() + " " + request.uri();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(what, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(what + " did not answer (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(what + " was interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
