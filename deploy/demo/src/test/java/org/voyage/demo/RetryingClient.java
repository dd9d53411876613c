package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Client that repeats a request until its acknowledgement; not safe for use by several threads. */
final class RetryingClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** A key keeps this answer until the lease of the instance that died with it has run out. */
    private static final int KEY_IN_USE = 409;

    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    /** Failures of repeated requests, with their numbers. */
    static final Map<String, Integer> FAILURE_COUNTS = new ConcurrentHashMap<>();

    private final ApiClient api;

    RetryingClient(PlatformEndpoints endpoints) {
        this.api = new ApiClient(endpoints);
    }

    /**
     * Sends the request until a service acknowledges it.
     *
     * @throws AssertionError for an answer that no crash explains
     */
    ApiResponse sendUntilAcknowledged(Function<ApiClient, ApiResponse> request) {
        return attemptOnce(request)
                .orElseGet(() -> await().atMost(TIMEOUT)
                        .pollInterval(RETRY_PAUSE)
                        .until(() -> attemptOnce(request), Optional::isPresent)
                        .orElseThrow());
    }

    private Optional<ApiResponse> attemptOnce(Function<ApiClient, ApiResponse> request) {
        try {
            ApiResponse answer = request.apply(api);
            if (answer.isOk()) {
                return Optional.of(answer);
            }
            assertThat(answer.status())
                    .as(
                            "%s answered %s",
                            answer.request(), new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .isIn(503, KEY_IN_USE);
            FAILURE_COUNTS.merge(Integer.toString(answer.status()), 1, Integer::sum);
        } catch (UncheckedIOException e) {
            FAILURE_COUNTS.merge("no answer", 1, Integer::sum);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        api.close();
    }
}
