package org.voyage.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Receiver of webhooks that counts. It passes every challenge; then a path with {@code dead} loses its connection, and one
 * with {@code slow} answers after two seconds.
 */
class WebhookSink implements AutoCloseable {

    private static final String CHALLENGE_TYPE = "endpoint-challenge";
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final ConcurrentLinkedQueue<Buffer> bodies = new ConcurrentLinkedQueue<>();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private volatile CountDownLatch done = new CountDownLatch(1);
    private volatile long firstNanos;
    private volatile long lastNanos;
    private volatile boolean keepsBodies;
    private volatile @Nullable BiConsumer<String, Buffer> observer;

    WebhookSink() throws InterruptedException {
        try {
            this.port = vertx.createHttpServer()
                    .requestHandler(request -> request.bodyHandler(body -> answer(request, body)))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get()
                    .actualPort();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    String urlOf(String path) {
        return "http://127.0.0.1:" + port + "/" + path;
    }

    /**
     * Begins a count.
     *
     * @param keep whether the bodies are kept for {@link #takeBodies}
     */
    void expectEvents(long events, boolean keep) {
        firstNanos = 0;
        keepsBodies = keep;
        done = new CountDownLatch(1);
        left.set(events);
    }

    /** Waits for the expected events; returns events/s from the first to the last. */
    double awaitRate(long events) throws InterruptedException {
        if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(left.get() + " of " + events + " events did not arrive");
        }
        return events / ((lastNanos - firstNanos) / 1e9);
    }

    List<Buffer> takeBodies() {
        List<Buffer> taken = List.copyOf(bodies);
        bodies.clear();
        return taken;
    }

    /** @param next gets the path and the body of each event; null for none */
    void observe(@Nullable BiConsumer<String, Buffer> next) {
        observer = next;
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String start = body.getString(0, Math.min(body.length(), 400));
        if (start.contains(CHALLENGE_TYPE)) {
            Matcher token = TOKEN.matcher(body.toString());
            request.response().end(token.find() ? token.group(1) : "");
        } else if (request.path().contains("dead")) {
            request.connection().close();
        } else if (request.path().contains("slow")) {
            vertx.setTimer(SLOW_ANSWER.toMillis(), _ -> request.response().end());
        } else {
            count(request.path(), body);
            request.response().end();
        }
    }

    private void count(String path, Buffer body) {
        long now = System.nanoTime();
        if (firstNanos == 0) {
            firstNanos = now;
        }
        lastNanos = now;
        if (keepsBodies) {
            bodies.add(body);
        }
        BiConsumer<String, Buffer> current = observer;
        if (current != null) {
            current.accept(path, body);
        }
        if (left.decrementAndGet() == 0) {
            done.countDown();
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
