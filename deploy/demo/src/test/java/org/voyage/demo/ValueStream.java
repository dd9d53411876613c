package org.voyage.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@code /v1/indicators/stream} as a browser would see them, in the order of arrival. As a browser does, it connects
 * again with the last id.
 */
final class ValueStream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MILLIS = 300;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private final Supplier<String> token;
    private final List<JsonNode> values = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();
    private final Thread reader = Thread.ofVirtual().unstarted(this::readConnections);
    private volatile @Nullable String lastId;
    private volatile boolean closed;

    /** @param token gives the bearer token of each connection */
    ValueStream(URI uri, Supplier<String> token) {
        this.uri = uri;
        this.token = token;
        reader.start();
    }

    private void readConnections() {
        try {
            while (!closed) {
                try {
                    readConnection();
                } catch (IOException | UncheckedIOException lost) {
                    // The next connection continues after the last id.
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // The stream is closed.
        }
    }

    private void readConnection() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token.get())
                .header("Accept", "text/event-stream");
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<Stream<String>> answer = http.send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            if (answer.statusCode() == 200) {
                connections.incrementAndGet();
                lines.forEach(this::acceptLine);
            }
        }
    }

    private void acceptLine(String line) {
        if (line.startsWith("data:")) {
            values.add(readJson(line.substring("data:".length())));
        } else if (line.startsWith("id:")) {
            lastId = line.substring("id:".length()).strip();
        } else if (line.startsWith("event:") && line.endsWith("reset")) {
            resets.incrementAndGet();
        }
    }

    /** Returns the number of connections that were answered. */
    int countConnections() {
        return connections.get();
    }

    /** Returns how often the stream began again, because it could not continue after the last id. */
    int countResets() {
        return resets.get();
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
        closed = true;
        reader.interrupt();
        http.shutdownNow();
    }
}
