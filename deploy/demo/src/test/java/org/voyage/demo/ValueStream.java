package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Values of {@code /v1/indicators/stream} as a browser would see them, in the order of arrival. */
final class ValueStream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> values = new CopyOnWriteArrayList<>();

    ValueStream(URI uri, String token) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        http.sendAsync(request, BodyHandlers.ofLines())
                .thenAccept(response -> response.body()
                        .filter(line -> line.startsWith("data:"))
                        .forEach(line -> values.add(readJson(line.substring("data:".length())))));
    }

    /** Returns the newest value of a slice, or -1 before the first one. */
    long latestValue(Map<String, String> slice) {
        JsonNode wanted = JSON.valueToTree(slice);
        return values.reversed().stream()
                .filter(value -> value.path("slice").equals(wanted))
                .findFirst()
                .map(value -> value.path("value").asLong())
                .orElse(-1L);
    }

    private static JsonNode readJson(String data) {
        try {
            return JSON.readTree(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
