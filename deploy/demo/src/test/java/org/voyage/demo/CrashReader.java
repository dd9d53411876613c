package org.voyage.demo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Reader that asks for figures continuously during the kills. All figures of one answer must belong to one point in
 * time: parts add up to totals, and shares agree with the schools of the same answer. The service may be silent for a
 * while, but every answer must be right.
 */
final class CrashReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int READER_COUNT = 2;
    private static final int PAUSE_MILLIS = 80;
    private static final int SAMPLES_PER_SECOND = 2;

    private static final String SCHOOLS_FIGURE = "overseas-schools";
    private static final String SHARE_FIGURE = "overseas-schools-share";
    private static final List<String> ADDITIVE_FIGURES =
            List.of(SCHOOLS_FIGURE, "overseas-students", "overseas-training-people", "overseas-training-person-days");
    private static final List<String> SPLITS =
            List.of("province", "hostCountry", "region", "list:belt-and-road@then", "brand", "tier", "form", "status");
    /** Dimensions by which a share refers to all schools. */
    private static final Set<String> PLACE_DIMENSIONS = Set.of("hostCountry", "region", "list:belt-and-road@then");

    private final PlatformEndpoints endpoints;
    private final long begin = System.nanoTime();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger counting = new AtomicInteger();
    private final Set<String> positions = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers = Executors.newFixedThreadPool(READER_COUNT);
    private final List<Future<?>> reading;
    private volatile boolean over;

    private CrashReader(PlatformEndpoints endpoints) {
        this.endpoints = endpoints;
        this.reading = IntStream.range(0, READER_COUNT)
                .<Future<?>>mapToObj(first -> readers.submit(() -> readFigures(first)))
                .toList();
    }

    static CrashReader begin(PlatformEndpoints endpoints) {
        return new CrashReader(endpoints);
    }

    /** Returns the number of questions that had no answer so far. */
    int countUnanswered() {
        return unanswered.get();
    }

    /** Waits for an answer that begins now. */
    void awaitAnswer() {
        int before = answered.get();
        await().atMost(PATIENCE).until(() -> answered.get() >= before + READER_COUNT + 1);
    }

    /** Stops the reader, and requires that its answers were consistent. */
    void requireConsistentAnswers() throws Exception {
        over = true;
        for (Future<?> each : reading) {
            each.get();
        }
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
        System.out.printf(
                "%d answers about %d moments, %d questions not answered, in %.1f s%n",
                answered.get(), positions.size(), unanswered.get(), seconds);
        assertThat((answered.get() + unanswered.get()) / seconds)
                .as("questions a second")
                .isGreaterThanOrEqualTo(SAMPLES_PER_SECOND);
        assertThat(positions).as("moments").hasSizeGreaterThan(1);
        assertThat(counting.get()).as("answers in which something is counted").isGreaterThan(10);
    }

    private Void readFigures(int first) throws InterruptedException {
        try (ApiClient api = new ApiClient(endpoints)) {
            for (int i = first; !over; i++) {
                String by = SPLITS.get(i % SPLITS.size());
                fetchAnswer(api, by)
                        .ifPresentOrElse(answer -> checkAnswer(by, answer.parseJson()), unanswered::incrementAndGet);
                MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        return null;
    }

    private static Optional<ApiResponse> fetchAnswer(ApiClient api, String by) {
        String path = "/v1/values?figure=" + String.join(",", ADDITIVE_FIGURES) + "," + SHARE_FIGURE + "&by=year,"
                + ApiClient.encode(by) + "&totals=true";
        try {
            ApiResponse answer = api.get("operator", api.endpoints().indicators(), path);
            assertThat(answer.status()).as(path).isIn(200, 503);
            return Optional.of(answer).filter(ApiResponse::isOk);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private void checkAnswer(String by, JsonNode answer) {
        String position = answer.at("/position/topics").toString();
        Map<String, Map<JsonNode, BigDecimal>> values = rowsOf(answer, "items");
        Map<String, Map<JsonNode, BigDecimal>> totals = rowsOf(answer, "totals");
        assertThat(values.keySet()).containsAll(ADDITIVE_FIGURES).contains(SHARE_FIGURE);
        for (String code : ADDITIVE_FIGURES) {
            Map<JsonNode, BigDecimal> sums = new HashMap<>();
            rowsOf(values, code).forEach((at, value) -> sums.merge(yearOf(at), value, BigDecimal::add));
            assertThat(sums).as("%s by %s at %s", code, by, position).isEqualTo(rowsOf(totals, code));
        }
        if (PLACE_DIMENSIONS.contains(by)) {
            Map<JsonNode, BigDecimal> shares = new HashMap<>();
            rowsOf(values, SCHOOLS_FIGURE)
                    .forEach((at, value) -> shares.put(at, shareOf(value, rowsOf(totals, SCHOOLS_FIGURE), at)));
            assertThat(rowsOf(values, SHARE_FIGURE))
                    .as("%s by %s at %s", SHARE_FIGURE, by, position)
                    .isEqualTo(shares);
        }
        answered.incrementAndGet();
        counting.addAndGet(rowsOf(totals, SCHOOLS_FIGURE).isEmpty() ? 0 : 1);
        positions.add(position);
    }

    /** Returns by figure its numbers by coordinates, with two decimals, without zeros. */
    private static Map<String, Map<JsonNode, BigDecimal>> rowsOf(JsonNode answer, String of) {
        Map<String, Map<JsonNode, BigDecimal>> rows = new TreeMap<>();
        for (JsonNode figure : answer.path("items")) {
            Map<JsonNode, BigDecimal> its = new HashMap<>();
            for (JsonNode row : figure.path(of)) {
                ObjectNode at = row.deepCopy();
                BigDecimal value = at.remove("value").decimalValue();
                if (value.signum() != 0) {
                    its.put(at, value.setScale(2));
                }
            }
            rows.put(figure.at("/indicator/code").asText(), its);
        }
        return rows;
    }

    private static Map<JsonNode, BigDecimal> rowsOf(Map<String, Map<JsonNode, BigDecimal>> rows, String code) {
        return rows.getOrDefault(code, Map.of());
    }

    private static JsonNode yearOf(JsonNode at) {
        return ((ObjectNode) at.deepCopy()).retain("year");
    }

    private static BigDecimal shareOf(BigDecimal part, Map<JsonNode, BigDecimal> totals, JsonNode at) {
        return part.multiply(BigDecimal.valueOf(100))
                .divide(totals.getOrDefault(yearOf(at), BigDecimal.ONE), 2, RoundingMode.HALF_UP);
    }

    @Override
    public void close() {
        over = true;
        readers.shutdownNow();
    }
}
