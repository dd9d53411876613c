package org.voyage.dashboard;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Liveness of one service: whether it answers anything at all. Requests that wait at the same time share one question.
 */
final class ServiceLiveness {
    /** Time for which an answer is valid for further requests. */
    private static final long VALID_NANOS = Duration.ofSeconds(2).toNanos();

    private final HttpClient client;
    private final String path;
    private final Duration timeout;
    private @Nullable Future<Boolean> latest;
    private long askedAt;

    /**
     * @param path path of the service's health
     * @param timeout longest wait for any answer
     */
    ServiceLiveness(HttpClient client, String path, Duration timeout) {
        this.client = client;
        this.path = path;
        this.timeout = timeout;
    }

    /** Asks whether the service answers; the future never fails. */
    synchronized Future<Boolean> checkLiveness() {
        @Nullable Future<Boolean> known = latest;
        long now = System.nanoTime();
        if (known == null || now - askedAt > VALID_NANOS && known.isComplete()) {
            known = client.request(new RequestOptions()
                            .setMethod(HttpMethod.GET)
                            .setURI(path)
                            .setTimeout(timeout.toMillis()))
                    .compose(HttpClientRequest::send)
                    .compose(answer -> answer.body().map(true))
                    .recover(_ -> Future.succeededFuture(false));
            latest = known;
            askedAt = now;
        }
        return known;
    }
}
