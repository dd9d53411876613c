package org.voyage.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Readers of server-sent events, and a bare writer of the same bytes. */
class SseReaders implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int PATIENCE_MINUTES = 10;
    private static final int OK = 200;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;

    SseReaders(int readers) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setIdleTimeout(0), new PoolOptions().setHttp1MaxSize(readers));
    }

    /** Lets readers read so many events each; returns events/s of all together. */
    double readEvents(String url, String token, int readers, int events) throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(readers);
        AtomicLong failures = new AtomicLong();
        long start = System.nanoTime();
        for (int i = 0; i < readers; i++) {
            EventCounter counter = new EventCounter(events, finished);
            client.request(requestOf(url, token))
                    .compose(request -> request.send())
                    .onSuccess(response -> {
                        if (response.statusCode() != OK) {
                            failures.incrementAndGet();
                            finished.countDown();
                        }
                        response.handler(chunk -> {
                            if (counter.takeChunk(chunk)) {
                                response.request().reset();
                            }
                        });
                    })
                    .onFailure(_ -> {
                        failures.incrementAndGet();
                        finished.countDown();
                    });
        }
        if (!finished.await(PATIENCE_MINUTES, TimeUnit.MINUTES) || failures.get() > 0) {
            throw new IllegalStateException(finished.getCount() + " readers did not end, " + failures + " failed");
        }
        return (double) readers * events / ((System.nanoTime() - start) / 1e9);
    }

    /** Returns the bytes of the first events of a stream. */
    Buffer captureBytes(String url, String token, int events) throws InterruptedException {
        CompletableFuture<Buffer> captured = new CompletableFuture<>();
        Buffer all = Buffer.buffer();
        EventCounter counter = new EventCounter(events, new CountDownLatch(1));
        client.request(requestOf(url, token))
                .compose(request -> request.send())
                .onFailure(captured::completeExceptionally)
                .onSuccess(response -> response.handler(chunk -> {
                    if (!captured.isDone()) {
                        all.appendBuffer(chunk);
                        if (counter.takeChunk(chunk)) {
                            captured.complete(all);
                            response.request().reset();
                        }
                    }
                }));
        try {
            return captured.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Starts a server that writes these bytes to each client. @return its URL */
    String startBareWriter(Buffer bytes) throws InterruptedException {
        try {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> {
                        HttpServerResponse response = request.response().setChunked(true);
                        response.putHeader("Content-Type", "text/event-stream");
                        writeFrom(response, bytes, 0);
                    })
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            return "http://127.0.0.1:" + server.actualPort() + "/";
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void writeFrom(HttpServerResponse response, Buffer bytes, int from) {
        int at = from;
        while (at < bytes.length() && !response.writeQueueFull()) {
            int end = Math.min(bytes.length(), at + CHUNK_BYTES);
            response.write(bytes.getBuffer(at, end));
            at = end;
        }
        int next = at;
        if (next < bytes.length()) {
            response.drainHandler(_ -> writeFrom(response, bytes, next));
        }
    }

    private static RequestOptions requestOf(String url, String token) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .putHeader("Accept", "text/event-stream")
                .putHeader("Authorization", "Bearer " + token);
    }

    /** Counter of the events of one stream: each ends with an empty line. */
    private static final class EventCounter {
        private final CountDownLatch finished;
        private int left;
        private byte last;

        EventCounter(int events, CountDownLatch finished) {
            this.left = events;
            this.finished = finished;
        }

        /** Returns true once: with the last event. */
        boolean takeChunk(Buffer chunk) {
            int before = left;
            for (int i = 0; i < chunk.length() && left > 0; i++) {
                byte next = chunk.getByte(i);
                if (next == '\n' && last == '\n') {
                    left--;
                }
                last = next;
            }
            if (before > 0 && left == 0) {
                finished.countDown();
                return true;
            }
            return false;
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
