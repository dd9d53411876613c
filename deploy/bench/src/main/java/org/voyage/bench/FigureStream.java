package org.voyage.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An open stream of one figure by province, read by a thread of its own. */
class FigureStream implements AutoCloseable {

    private static final Pattern VALUE =
            Pattern.compile("\"slice\":\\{\"province\":\"(\\d+)\"},\"period\":\"[^\"]*\",\"value\":(\\d+),");

    private final Stream<String> lines;
    private volatile boolean closed;

    private FigureStream(Stream<String> lines) {
        this.lines = lines;
    }

    /** @param values is handed each province and its value as it comes */
    static FigureStream open(HttpClient http, Indicators indicators, String figure, BiConsumer<String, Long> values)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(indicators.url() + "/v1/indicators/stream?by=province&code=" + figure))
                .header("Authorization", "Bearer " + indicators.token())
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the stream answers " + response.statusCode());
        }
        FigureStream stream = new FigureStream(response.body());
        Thread.ofPlatform().daemon().name("stream").start(() -> stream.follow(values));
        return stream;
    }

    private void follow(BiConsumer<String, Long> values) {
        try {
            lines.forEach(line -> {
                Matcher value = VALUE.matcher(line);
                if (line.startsWith("data:") && value.find()) {
                    values.accept(value.group(1), Long.parseLong(value.group(2)));
                }
            });
        } catch (UncheckedIOException e) {
            if (!closed) {
                System.err.println("the stream ended: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        lines.close();
    }
}
