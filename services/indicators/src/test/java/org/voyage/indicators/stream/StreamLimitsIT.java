package org.voyage.indicators.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Each test has a province of its own, so that it knows how large its breakdowns are. */
@QuarkusTest
@TestProfile(StreamLimitsIT.Narrow.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
public class StreamLimitsIT implements Serving {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> COUNTRIES = List.of("FJI", "TON", "WSM", "VUT", "KIR");
    private static final int CLIENTS = 3;

    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "voyage.indicators.max-cells",
                    Integer.toString(COUNTRIES.size() - 1),
                    "voyage.indicators.stream.max-clients",
                    Integer.toString(CLIENTS),
                    "voyage.indicators.stream.heartbeat",
                    "1s",
                    "voyage.indicators.as-of.max-records",
                    "1",
                    "voyage.indicators.as-of.longest",
                    "0s");
        }
    }

    @TestHTTPResource("/v1/indicators/stream")
    @SuppressWarnings("NullAway.Init") // set before each test
    URI stream;

    /** The first to watch since the service started: nothing has moved yet, and no number was given out. */
    @Test
    @Order(1)
    void theFirstValueOfAnEmptyStreamSaysWhereToGoOn() throws Exception {
        String query = "?code=overseas-schools&province=65&by=brand";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> first =
                    StreamClient.open(http, stream, query, TestTokens.operatorToken()).lines();
            await().atMost(SOON).untilAsserted(() -> assertThat(first).anyMatch(line -> line.startsWith("id:")));
            assertThat(first).anyMatch(line -> line.contains("\"value\":0,\"previous\":null"));
            String id = first.stream()
                    .filter(line -> line.startsWith("id:"))
                    .findFirst()
                    .orElseThrow()
                    .substring(3)
                    .strip();
            String key = "65/L-" + UUID.randomUUID();
            EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("FJI", "other", "2022-01-01", null));
            await().atMost(SOON).untilAsserted(() -> assertThat(first).anyMatch(line -> line.contains(key)));

            List<String> second = StreamClient.open(http, stream, query, TestTokens.operatorToken(), id)
                    .lines();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(second)
                            .anyMatch(line -> line.contains(key) && line.contains("\"slice\":{}"))
                            .anyMatch(line -> line.contains(key) && line.contains("\"brand\":\"other\"")));
            assertThat(second)
                    .noneMatch(line -> line.contains("\"previous\":null"))
                    .noneMatch("event:reset"::equals);
        }
    }

    @Test
    @Order(2)
    void whoAsksForATooLargeBreakdownIsRefusedAndNobodyElseNotices() throws Exception {
        for (String country : COUNTRIES) {
            open("62", country);
        }
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            StreamClient other =
                    StreamClient.open(http, stream, "?code=overseas-schools&province=62&by=brand", TestTokens.operatorToken());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.contains("\"value\":5")));

            given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .accept("text/event-stream")
                    .get(stream + "?code=overseas-schools&province=62&by=hostCountry")
                    .then()
                    .statusCode(400)
                    .body("errors[0].rule", equalTo("too-many-cells"));

            String key = open("62", "FJI");
            await().atMost(SOON).untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.contains(key)));
        }
    }

    @Test
    @Order(3)
    void aBreakdownThatGrowsTooLargeEndsForItsOwnWatchersAloneAndFreesTheirPlaces() throws Exception {
        String brands = "?code=overseas-schools&province=63&by=brand";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            StreamClient other = StreamClient.open(http, stream, brands, TestTokens.operatorToken());
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.startsWith("id:")));
            List<StreamClient> growing = List.of(
                    StreamClient.open(
                            http, stream, "?code=overseas-schools&province=63&by=hostCountry", TestTokens.operatorToken()),
                    StreamClient.open(
                            http, stream, "?code=overseas-schools&province=63&by=hostCountry", TestTokens.operatorToken()));
            assertThat(growing)
                    .allSatisfy(client -> await().atMost(SOON)
                            .untilAsserted(() -> assertThat(client.lines()).anyMatch(line -> line.startsWith("id:"))));

            for (String country : COUNTRIES) {
                open("63", country);
            }

            assertThat(growing)
                    .allSatisfy(client -> await().atMost(SOON)
                            .untilAsserted(() -> assertThat(client.end()).isDone()));
            String key = open("63", "FJI");
            await().atMost(SOON).untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.contains(key)));
            assertThat(other.end()).isNotDone();
            for (int free = 1; free < CLIENTS; free++) {
                StreamClient next = StreamClient.open(http, stream, brands, TestTokens.operatorToken());
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(next.status()).isCompletedWithValue(200));
            }
        }
    }

    /** Of a derived figure as of any other; the last of the tests, when nothing moves any more. */
    @Test
    @Order(4)
    void aStreamOnWhichNothingMovesBeats() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = StreamClient.open(
                            http, stream, "?code=overseas-schools-share&province=61&by=form", TestTokens.operatorToken())
                    .lines();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines.stream().filter(line -> line.contains("still here")))
                            .hasSizeGreaterThan(1));
        }
    }

    private static String open(String province, String country) {
        String key = province + "/L-" + UUID.randomUUID();
        EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school(country, "other", "2022-01-01", null));
        return key;
    }
}
