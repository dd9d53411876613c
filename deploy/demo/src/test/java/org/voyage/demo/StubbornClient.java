package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One client that repeats a request until it is acknowledged; not safe for use by several threads. */
final class StubbornClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** What the requests that had to be repeated met, and how often. */
    static final Map<String, Integer> TROUBLES = new ConcurrentHashMap<>();

    private final Api api;

    StubbornClient(Endpoints endpoints) {
        this.api = new Api(endpoints);
    }

    /** @throws AssertionError for an answer that no crash explains */
    Answer send(Function<Api, Answer> request) {
        return attempt(request)
                .orElseGet(() -> await().atMost(PATIENCE)
                        .pollInterval(PAUSE)
                        .until(() -> attempt(request), Optional::isPresent)
                        .orElseThrow());
    }

    private Optional<Answer> attempt(Function<Api, Answer> request) {
        try {
            Answer answer = request.apply(api);
            if (answer.isOk()) {
                return Optional.of(answer);
            }
            assertThat(answer.status())
                    .as(
                            "%s answered %s",
                            answer.request(), new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(503);
            TROUBLES.merge("503", 1, Integer::sum);
        } catch (UncheckedIOException e) {
            TROUBLES.merge("no answer", 1, Integer::sum);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        api.close();
    }
}
