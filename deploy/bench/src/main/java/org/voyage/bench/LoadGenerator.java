package org.voyage.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Generator of HTTP load over a number of connections, from one thread. Each connection sends its next request after
 * the last answer. One thread leaves the machine to the measured service.
 */
class LoadGenerator implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    /**
     * One request.
     *
     * @param body null for none
     */
    record LoadCall(
            HttpMethod method,
            String url,
            String token,
            @Nullable String body) {}

    /** Source of the next request of a connection. */
    interface CallSource {
        LoadCall nextCall(int connection);
    }

    /**
     * Outcome of a load.
     *
     * @param errors answers other than 2xx, and missing answers; {@code first} shows one
     */
    record LoadOutcome(
            double perSecond,
            int answers,
            int errors,
            @Nullable String first) {}

    LoadOutcome runLoad(int connections, int seconds, CallSource calls) throws InterruptedException {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setKeepAlive(true)
                .setTcpNoDelay(true));
        LoadRun running = new LoadRun(client, calls, System.nanoTime() + seconds * 1_000_000_000L, connections);
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            int connection = i;
            vertx.runOnContext(ready -> running.sendNext(connection));
        }
        running.ended.await();
        double took = (System.nanoTime() - start) / 1e9;
        client.close().toCompletionStage().toCompletableFuture().join();
        return new LoadOutcome(
                running.answers.get() / took, running.answers.get(), running.errors.get(), running.first);
    }

    /** Returns the requests/s of one repeated call; an error ends the measurement. */
    double measureRate(int connections, int seconds, LoadCall call) throws InterruptedException {
        return measureRate(connections, seconds, connection -> call);
    }

    /** Returns the requests/s of different calls; an error ends the measurement. */
    double measureRate(int connections, int seconds, CallSource calls) throws InterruptedException {
        LoadOutcome outcome = runLoad(connections, seconds, calls);
        if (outcome.errors() > 0) {
            throw new IllegalStateException(outcome.errors() + " errors, the first: " + outcome.first());
        }
        return outcome.perSecond();
    }

    private static final class LoadRun {
        private final HttpClient client;
        private final CallSource calls;
        private final long until;
        private final CountDownLatch ended;
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger errors = new AtomicInteger();
        private volatile @Nullable String first;

        LoadRun(HttpClient client, CallSource calls, long until, int connections) {
            this.client = client;
            this.calls = calls;
            this.until = until;
            this.ended = new CountDownLatch(connections);
        }

        void sendNext(int connection) {
            if (System.nanoTime() >= until) {
                ended.countDown();
                return;
            }
            LoadCall call = calls.nextCall(connection);
            RequestOptions options = new RequestOptions()
                    .setMethod(call.method())
                    .setAbsoluteURI(call.url())
                    .putHeader("Authorization", "Bearer " + call.token());
            if (call.body() != null) {
                options.putHeader("Content-Type", "application/json");
            }
            client.request(options)
                    .compose(request -> call.body() == null ? request.send() : request.send(Buffer.buffer(call.body())))
                    .compose(response -> response.body().map(body -> handleAnswer(response.statusCode(), body)))
                    .onComplete(done -> {
                        if (done.failed()) {
                            recordFailure(String.valueOf(done.cause()));
                        }
                        sendNext(connection);
                    });
        }

        private boolean handleAnswer(int status, Buffer body) {
            if (status / 100 == 2) {
                answers.incrementAndGet();
                return true;
            }
            recordFailure(status + " " + body);
            return false;
        }

        private void recordFailure(String what) {
            if (errors.incrementAndGet() == 1) {
                first = what;
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
