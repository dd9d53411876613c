package org.voyage.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Open stream of one figure by province; the network's thread delivers its values. */
class FigureStream implements Flow.Subscriber<String>, AutoCloseable {

    private static final Pattern VALUE_PATTERN =
            Pattern.compile("\"slice\":\\{\"province\":\"(\\d+)\"},\"period\":\"[^\"]*\",\"value\":(\\d+),");

    private final BiConsumer<String, Long> values;
    private final CompletableFuture<@Nullable Void> open = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription lines;
    private volatile boolean closed;

    private FigureStream(BiConsumer<String, Long> values) {
        this.values = values;
    }

    /**
     * Opens the stream.
     *
     * @param values receives each province with its value on arrival
     */
    static FigureStream openStream(
            HttpClient http, IndicatorsService indicators, String figure, BiConsumer<String, Long> values)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(indicators.url() + "/v1/indicators/stream?by=province&code=" + figure))
                .header("Authorization", "Bearer " + indicators.operatorToken())
                .header("Accept", "text/event-stream")
                .build();
        FigureStream stream = new FigureStream(values);
        http.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(stream))
                .whenComplete((answer, failure) -> stream.open.completeExceptionally(
                        failure != null
                                ? failure
                                : new IllegalStateException("the stream answers " + answer.statusCode())));
        stream.open.join();
        return stream;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        lines = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        // The first line is a comment, unlike the refusal of a caller without the right to watch.
        if (line.startsWith(":")) {
            open.complete(null);
        }
        Matcher value = VALUE_PATTERN.matcher(line);
        if (line.startsWith("data:") && value.find()) {
            values.accept(value.group(1), Long.parseLong(value.group(2)));
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!closed) {
            System.err.println("the stream ended: " + failure.getMessage());
        }
    }

    @Override
    public void onComplete() {
        onError(new IllegalStateException("by the service"));
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription its = lines;
        if (its != null) {
            its.cancel();
        }
    }
}
