package org.voyage.indicators.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.Tokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class StreamIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TestHTTPResource("/v1/indicators/stream")
    @SuppressWarnings("NullAway.Init") // set before each test
    URI stream;

    @BeforeAll
    static void topics() throws Exception {
        EventLog.createTopics();
    }

    @BeforeEach
    void ready() {
        EventLog.awaitReady();
    }

    @Test
    void theTotalTheCountryAndTheBrandMoveAtOnce() throws Exception {
        String key = "12/W-" + UUID.randomUUID();
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watch(http, "?code=overseas-schools&by=hostCountry&by=brand", null);
            await().atMost(SOON).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("FJI", "furong-workshop", "2022-01-01", null));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> moved(line, key) && line.contains("\"slice\":{}"))
                            .anyMatch(line -> moved(line, key) && line.contains("\"slice\":{\"hostCountry\":\"FJI\"}"))
                            .anyMatch(line ->
                                    moved(line, key) && line.contains("\"slice\":{\"brand\":\"furong-workshop\"}"))
                            .noneMatch(line -> moved(line, key) && line.contains("luban")));
        }
    }

    @Test
    void aClientGoesOnAfterTheLastEventItSaw() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> first = watch(http, "?code=overseas-schools&by=brand", null);
            await().atMost(SOON).untilAsserted(() -> assertThat(first).anyMatch(line -> line.startsWith("id:")));
            String id = first.stream()
                    .filter(line -> line.startsWith("id:"))
                    .toList()
                    .getLast()
                    .substring(3)
                    .strip();
            String key = "12/W-" + UUID.randomUUID();
            EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("TON", "zheng-he-school", "2022-01-01", null));
            await().atMost(SOON).untilAsserted(() -> assertThat(first).anyMatch(line -> moved(line, key)));

            List<String> second = watch(http, "?code=overseas-schools&by=brand", id);

            await().atMost(SOON).untilAsserted(() -> assertThat(second).anyMatch(line -> moved(line, key)));
            assertThat(second)
                    .noneMatch(line -> line.contains("\"previous\":null"))
                    .noneMatch("event:reset"::equals);
        }
    }

    @Test
    void aClientThatComesFromTooFarBackBeginsAnew() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watch(http, "?code=overseas-schools", "00000000-1");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.startsWith("event:") && line.endsWith("reset"))
                            .anyMatch(line -> line.startsWith("id:")));
        }
    }

    @Test
    void publishedLinesStandBesideLiveOnesWithTheContradictions() {
        given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/reconciliation?service=overseas&set=built-in")
                .then()
                .statusCode(200)
                .body("lines.findAll { it.comparable }.live", everyItem(notNullValue()))
                .body("lines.findAll { it.comparable }.size()", is(23))
                .body("contradictions", hasSize(5));
    }

    private static boolean moved(String line, String key) {
        return line.startsWith("data:") && line.contains(key);
    }

    @Test
    void aBureauLearnsThatANationalFigureMovesButNotByWhichRecordOfAnotherProvince() throws Exception {
        String others = "32/W-" + UUID.randomUUID();
        String own = "12/W-" + UUID.randomUUID();
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = StreamClient.open(
                            http, stream, "?code=overseas-schools&by=hostCountry&by=province", Tokens.bureau("12"))
                    .lines();
            await().atMost(SOON).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            EventLog.send(EventLog.SCHOOL, others, 1, EventLog.school("PLW", "other", "2022-01-01", null));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.contains("\"slice\":{\"hostCountry\":\"PLW\"}")
                                    && line.contains("\"previous\":0")
                                    && line.contains("\"cause\":null")));
            EventLog.send(EventLog.SCHOOL, own, 1, EventLog.school("PLW", "other", "2022-01-01", null));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> moved(line, own) && line.contains("\"slice\":{\"hostCountry\":\"PLW\"}"))
                            .anyMatch(line -> moved(line, own) && line.contains("\"slice\":{\"province\":\"12\"}")));

            assertThat(lines)
                    .noneMatch(line -> line.contains(others))
                    .noneMatch(line -> line.contains("\"slice\":{\"province\":\"32\"}"));
        }
    }

    @Test
    void a_derived_figure_moves_with_what_it_is_derived_from() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watch(http, "?code=overseas-schools-share&hostCountry=WSM&by=brand", null);
            await().atMost(SOON).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            EventLog.send(
                    EventLog.SCHOOL,
                    "12/W-" + UUID.randomUUID(),
                    1,
                    EventLog.school("WSM", "dayu-college", "2022-01-01", null));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.contains("\"indicator\":\"overseas-schools-share\",\"slice\":{},")
                                    && line.matches(".*\"value\":(?!0,)[0-9.]+,\"previous\":(0|null),.*")));
        }
    }

    private List<String> watch(HttpClient http, String query, @org.jspecify.annotations.Nullable String lastEventId) {
        return StreamClient.open(http, stream, query, Tokens.operator(), lastEventId)
                .lines();
    }
}
