package org.voyage.indicators.feature.stream;

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
import jakarta.inject.Inject;
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
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the limits of streams. Each test has its own province, so that it knows how large its breakdowns are. */
@QuarkusTest
@TestProfile(StreamLimitsIT.NarrowLimitsProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
public class StreamLimitsIT implements RunningServiceTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final List<String> COUNTRIES = List.of("VAT", "SUR", "BRB", "TTO", "KIR");
    private static final int MAX_CLIENTS = 3;

    public static final class NarrowLimitsProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "voyage.indicators.max-cells",
                    Integer.toString(COUNTRIES.size() - 1),
                    "voyage.indicators.stream.max-clients",
                    Integer.toString(MAX_CLIENTS),
                    "voyage.indicators.stream.heartbeat",
                    "1s",
                    "voyage.indicators.stream.linger",
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

    @Inject
    StreamHub hub;

    @Inject
    LiveFigures live;

    /** The first client since the start of the service: nothing has moved yet, and no number was used. */
    @Test
    @Order(1)
    void the_first_value_of_an_empty_stream_says_where_to_go_on() throws Exception {
        String query = "?code=overseas-schools&province=65&by=brand";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> first = StreamClient.openStream(http, stream, query, TestTokens.operatorToken())
                    .lines();
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(line -> line.startsWith("id:")));
            assertThat(first).anyMatch(line -> line.contains("\"slice\":{},") && line.contains("\"previous\":null"));
            String id = first.stream()
                    .filter(line -> line.startsWith("id:"))
                    .findFirst()
                    .orElseThrow()
                    .substring(3)
                    .strip();
            String key = "65/L-" + UUID.randomUUID();
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("VAT", "other", "2022-01-01", null));
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(line -> line.contains(key)));

            List<String> second = StreamClient.openStream(http, stream, query, TestTokens.operatorToken(), id)
                    .lines();

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(second)
                            .anyMatch(line -> line.contains(key) && line.contains("\"slice\":{}"))
                            .anyMatch(line -> line.contains(key) && line.contains("\"brand\":\"other\"")));
            assertThat(second)
                    .noneMatch(line -> line.contains("not-reported") || line.contains("\"value\":0,"))
                    .noneMatch("event:reset"::equals);
        }
    }

    @Test
    @Order(2)
    void a_too_large_breakdown_is_refused_without_effect_on_other_clients() throws Exception {
        for (String country : COUNTRIES) {
            openedSchool("62", country);
        }
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            StreamClient other = StreamClient.openStream(
                    http, stream, "?code=overseas-schools&province=62&by=brand", TestTokens.operatorToken());
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.contains("\"value\":5")));

            given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .accept("text/event-stream")
                    .get(stream + "?code=overseas-schools&province=62&by=hostCountry")
                    .then()
                    .statusCode(400)
                    .body("errors[0].rule", equalTo("too-many-cells"));

            String key = openedSchool("62", "VAT");
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.contains(key)));
        }
    }

    @Test
    @Order(3)
    void a_breakdown_that_grows_too_large_ends_for_its_own_watchers_alone_and_frees_their_places() throws Exception {
        String brands = "?code=overseas-schools&province=63&by=brand";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            StreamClient other = StreamClient.openStream(http, stream, brands, TestTokens.operatorToken());
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.startsWith("id:")));
            List<StreamClient> growing = List.of(
                    StreamClient.openStream(
                            http,
                            stream,
                            "?code=overseas-schools&province=63&by=hostCountry",
                            TestTokens.operatorToken()),
                    StreamClient.openStream(
                            http,
                            stream,
                            "?code=overseas-schools&province=63&by=hostCountry",
                            TestTokens.operatorToken()));
            assertThat(growing)
                    .allSatisfy(client -> await().atMost(MAX_WAIT)
                            .untilAsserted(() -> assertThat(client.lines()).anyMatch(line -> line.startsWith("id:"))));

            for (String country : COUNTRIES) {
                openedSchool("63", country);
            }

            assertThat(growing)
                    .allSatisfy(client -> await().atMost(MAX_WAIT)
                            .untilAsserted(() -> assertThat(client.end()).isDone()));
            String key = openedSchool("63", "VAT");
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(other.lines()).anyMatch(line -> line.contains(key)));
            assertThat(other.end()).isNotDone();
            for (int free = 1; free < MAX_CLIENTS; free++) {
                StreamClient next = StreamClient.openStream(http, stream, brands, TestTokens.operatorToken());
                await().atMost(MAX_WAIT)
                        .untilAsserted(() -> assertThat(next.status()).isCompletedWithValue(200));
            }
        }
    }

    /** No other stream of this test watches the figure. Its total ends with it. */
    @Test
    @Order(4)
    void the_changes_of_a_figure_are_recorded_no_more_when_its_only_breakdown_is_given_up() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            StreamClient only = StreamClient.openStream(
                    http,
                    stream,
                    "?code=overseas-school-foundings&province=64&by=hostCountry",
                    TestTokens.operatorToken());
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(only.lines()).anyMatch(line -> line.startsWith("id:")));
            assertThat(isRecorded("overseas-school-foundings")).isTrue();

            for (String country : COUNTRIES) {
                openedSchool("64", country);
            }

            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(only.end()).isDone());
            await().atMost(MAX_WAIT)
                    .untilAsserted(() ->
                            assertThat(isRecorded("overseas-school-foundings")).isFalse());
        }
    }

    private boolean isRecorded(String figure) {
        return live.readView(view -> view.completeFigures().stream()
                .filter(each -> each.indicator().code().equals(figure))
                .anyMatch(hub::isInterestedIn));
    }

    /** For derived and other figures; this test is the last one, when nothing moves any more. */
    @Test
    @Order(5)
    void a_stream_on_which_nothing_moves_beats() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = StreamClient.openStream(
                            http,
                            stream,
                            "?code=overseas-schools-share&province=61&by=form",
                            TestTokens.operatorToken())
                    .lines();

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines.stream().filter(line -> line.contains("still here")))
                            .hasSizeGreaterThan(1));
        }
    }

    private static String openedSchool(String province, String country) {
        String key = province + "/L-" + UUID.randomUUID();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson(country, "other", "2022-01-01", null));
        return key;
    }
}
