package org.voyage.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain client that posts given bodies: as many at a time as it has connections. */
class PlainPoster implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();

    /** Begins to post each body so many times to a URL. */
    void postAll(List<Buffer> bodies, int times, int connections, String url) {
        HttpClient client =
                vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(connections));
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < connections; i++) {
            postNext(client, bodies, (long) bodies.size() * times, next, url);
        }
    }

    private static void postNext(HttpClient client, List<Buffer> bodies, long total, AtomicInteger next, String url) {
        int number = next.getAndIncrement();
        if (number >= total) {
            return;
        }
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(url)
                        .putHeader("Content-Type", "application/cloudevents+json; charset=UTF-8"))
                .compose(request -> request.send(bodies.get(number % bodies.size())))
                .compose(response -> response.body())
                .onComplete(_ -> postNext(client, bodies, total, next, url));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
