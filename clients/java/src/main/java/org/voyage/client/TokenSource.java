package org.voyage.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** Source of tokens. It asks again after four fifths of a token's life; one thread asks at a time. */
public final class TokenSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<JsonNode> request;
    private String token = "";
    private long renewNanos;

    private TokenSource(Supplier<JsonNode> request) {
        this.request = request;
    }

    /** Returns a source of one token, which is not renewed. */
    public static TokenSource fixed(String token) {
        JsonNode answer = JSON.createObjectNode().put("access_token", token);
        return new TokenSource(() -> answer);
    }

    /** Returns a source that asks a token endpoint with client credentials. */
    public static TokenSource ofClient(URI endpoint, String id, String secret) {
        String form = "grant_type=client_credentials&client_id=" + encode(id) + "&client_secret=" + encode(secret);
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        return new TokenSource(() -> ask(http, request));
    }

    private static JsonNode ask(HttpClient http, HttpRequest request) {
        try {
            HttpResponse<byte[]> answer =
                    FeedClient.send(http, request, BodyHandlers.ofByteArray(), FeedClient.TIMEOUT);
            if (answer.statusCode() != 200) {
                throw new FeedRefusedException(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Returns a token that holds. */
    public synchronized String get() {
        if (token.isEmpty() || System.nanoTime() - renewNanos >= 0) {
            JsonNode answer = request.get();
            token = answer.path("access_token").asText();
            long seconds = answer.path("expires_in").asLong(Duration.ofDays(365).toSeconds());
            renewNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos() / 5 * 4;
        }
        return token;
    }

    /** Forgets a token that was refused. */
    public synchronized void forget(String refused) {
        if (token.equals(refused)) {
            token = "";
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
