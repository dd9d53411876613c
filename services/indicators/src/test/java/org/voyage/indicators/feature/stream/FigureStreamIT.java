package org.voyage.indicators.feature.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class FigureStreamIT implements RunningServiceTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    /** A client may have 20 streams. */
    private static final int DEAF_CLIENTS = 250;

    /** One second is promised; other tests share the machine. */
    private static final long MAX_HEALTH_MILLISECONDS = 10_000;

    private static final List<String> DEAF_PROVINCES =
            List.of("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "36");

    @TestHTTPResource("/v1/indicators/stream")
    @SuppressWarnings("NullAway.Init") // set before each test
    URI stream;

    @Inject
    Clock clock;

    @Test
    void a_client_hears_at_once_that_every_event_is_applied() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-schools", null);

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .contains("event:standing")
                            .anyMatch(line -> line.startsWith("data:{\"time\":\"")
                                    && line.contains("\"complete\":true,\"lagEvents\":0,\"lagSeconds\":0.0")));
        }
        JsonPath standing = given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/standing")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(standing.getInt("live.lagEvents")).isZero();
        assertThat(Instant.parse(standing.getString("firstKnownAt"))).isBefore(clock.instant());
    }

    @Test
    void the_total_the_country_and_the_brand_move_at_once() throws Exception {
        String key = "12/W-" + UUID.randomUUID();
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-schools&by=hostCountry&by=brand", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    key,
                    1,
                    TestEventLog.schoolJson("FJI", "furong-workshop", "2022-01-01", null));

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isMoved(line, key) && line.contains("\"slice\":{}"))
                            .anyMatch(
                                    line -> isMoved(line, key) && line.contains("\"slice\":{\"hostCountry\":\"FJI\"}"))
                            .anyMatch(line ->
                                    isMoved(line, key) && line.contains("\"slice\":{\"brand\":\"furong-workshop\"}"))
                            .noneMatch(line -> isMoved(line, key) && line.contains("luban")));
        }
    }

    @Test
    void a_client_goes_on_after_the_last_event_it_saw() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> first = watchStream(http, "?code=overseas-schools&by=brand", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(line -> line.startsWith("id:")));
            String id = lastEventId(first);
            String key = "12/W-" + UUID.randomUUID();
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    key,
                    1,
                    TestEventLog.schoolJson("ATG", "zheng-he-school", "2022-01-01", null));
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(line -> isMoved(line, key)));

            List<String> second = watchStream(http, "?code=overseas-schools&by=brand", id);

            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(second).anyMatch(line -> isMoved(line, key)));
            assertThat(second)
                    .noneMatch(line -> line.contains("\"previous\":null"))
                    .noneMatch("event:reset"::equals);
        }
    }

    /**
     * Another client has watched the other query since before: the server has its changes, but this client never saw
     * its values.
     */
    @Test
    void a_client_that_resumes_with_another_question_gets_a_reset() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> others = watchStream(http, "?code=overseas-schools&by=brand", null);
            List<String> mine = watchStream(http, "?code=overseas-schools&by=region", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(others).anyMatch(line -> line.startsWith("id:")));
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(mine).anyMatch(line -> line.startsWith("id:")));

            List<String> again = watchStream(http, "?code=overseas-schools&by=brand", lastEventId(mine));

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(again)
                            .anyMatch(line -> line.startsWith("event:") && line.endsWith("reset"))
                            .anyMatch(line -> line.contains("\"previous\":null")));
        }
    }

    @Test
    void a_client_that_resumes_from_too_far_back_gets_a_reset() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-schools", "00000000-1");

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.startsWith("event:") && line.endsWith("reset"))
                            .anyMatch(line -> line.startsWith("id:")));
        }
    }

    @Test
    void published_lines_are_listed_with_live_values_and_contradictions() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/reconciliation?service=overseas&set=built-in")
                .then()
                .statusCode(200)
                .body("items.findAll { it.comparable }.live", everyItem(notNullValue()))
                .body("items.findAll { it.comparable }.size()", is(23))
                .body("contradictions", hasSize(5));
    }

    private static boolean isMoved(String line, String key) {
        return line.startsWith("data:") && line.contains(key);
    }

    @Test
    void a_bureau_learns_that_a_national_figure_moves_but_not_by_which_record_of_another_province() throws Exception {
        awaitHeld(TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                "32/W-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson("PNG", "other", "2022-01-01", null)));
        String others = "32/W-" + UUID.randomUUID();
        String own = "12/W-" + UUID.randomUUID();
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = StreamClient.openStream(
                            http,
                            stream,
                            "?code=overseas-schools&by=hostCountry&by=province",
                            TestTokens.bureauToken("12"))
                    .lines();
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC, others, 1, TestEventLog.schoolJson("PLW", "other", "2022-01-01", null));
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.contains("\"slice\":{\"hostCountry\":\"PLW\"}")
                                    && line.contains("\"previous\":0")
                                    && line.contains("\"event\":null")));
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC, own, 1, TestEventLog.schoolJson("PLW", "other", "2022-01-01", null));
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(
                                    line -> isMoved(line, own) && line.contains("\"slice\":{\"hostCountry\":\"PLW\"}"))
                            .anyMatch(line -> isMoved(line, own) && line.contains("\"slice\":{\"province\":\"12\"}")));

            assertThat(lines)
                    .noneMatch(line -> line.contains(others))
                    .noneMatch(line -> line.contains("\"slice\":{\"province\":\"32\"}"));
        }
    }

    /** No province has reported about 1917: 0 would say that there was none. A bureau that submits says that it is 0. */
    @Test
    void a_value_is_0_only_where_a_province_has_reported() throws Exception {
        String topic = "overseas.year-close";
        TestEventLog.createTopics(List.of(topic));
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            String asked = "?code=overseas-students&period=1917&by=province";
            List<String> lines = watchStream(http, asked, null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(isUnreported("null")));
            assertThat(lines).noneMatch(isTotal("0", "null"));

            TestEventLog.sendChange(topic, "36/1917", 1, "{\"state\":\"submitted\"}");
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(isTotal("0", "null")));
            TestEventLog.sendChange(topic, "36/1917", 2, null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(isUnreported("0")));

            List<String> later = watchStream(http, asked, null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(later).anyMatch(isUnreported("null")));
        }
    }

    /** The value of the year stays 0, and only readers of the province get the state of its year. */
    @Test
    void a_submitted_year_sends_the_headline_again_and_its_state() throws Exception {
        String topic = "overseas.year-close";
        TestEventLog.createTopics(List.of(topic));
        int year = LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear();
        String state = "{\"service\":\"overseas\",\"province\":\"64\",\"year\":%d,\"state\":\"%s\"}";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-students&by=none&province=64", null);
            List<String> others = StreamClient.openStream(
                            http, stream, "?code=overseas-students&by=none", TestTokens.bureauToken("12"))
                    .lines();
            for (List<String> each : List.of(lines, others)) {
                await().atMost(MAX_WAIT)
                        .untilAsserted(() -> assertThat(each).anyMatch(line -> line.contains("\"headline\":{")));
            }

            TestEventLog.sendChange(topic, "64/" + year, 1, "{\"state\":\"submitted\"}");
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line ->
                                    line.contains("\"headline\":{\"period\":\"%d\",\"provinces\":1,".formatted(year)))
                            .anyMatch(line -> line.contains(state.formatted(year, "submitted"))));
            TestEventLog.sendChange(topic, "64/" + year, 2, "{\"state\":\"open\"}");
            await().atMost(MAX_WAIT)
                    .untilAsserted(
                            () -> assertThat(lines).anyMatch(line -> line.contains(state.formatted(year, "open"))));

            assertThat(lines).anyMatch(line -> line.startsWith("event:") && line.endsWith("year-state"));
            assertThat(others).noneMatch(line -> line.contains("\"province\":\"64\""));
        }
    }

    private static Predicate<String> isUnreported(String previous) {
        return line -> line.contains("\"slice\":{},")
                && line.contains("\"value\":null,\"status\":\"not-reported\",\"previous\":" + previous + ",");
    }

    @Test
    void a_derived_figure_moves_with_what_it_is_derived_from() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-schools-share&hostCountry=WSM&by=brand", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            String key = "12/W-" + UUID.randomUUID();
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    key,
                    1,
                    TestEventLog.schoolJson("WSM", "dayu-college", "2022-01-01", null));

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.contains("\"indicator\":\"overseas-schools-share\",\"slice\":{},")
                                    && line.matches(".*\"value\":(?!0,)[0-9.]+,\"previous\":.*")
                                    && isMoved(line, key))
                            .anyMatch(line ->
                                    line.contains("\"slice\":{\"brand\":\"dayu-college\"}") && isMoved(line, key)));
        }
    }

    /** The share of one country falls because of a school in another; the share of a third does not move. */
    @Test
    void the_cause_of_a_derived_value_is_what_moved_a_figure_behind_it() throws Exception {
        for (String country : List.of("MDV", "BTN")) {
            awaitHeld(TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    "37/W-" + UUID.randomUUID(),
                    1,
                    TestEventLog.schoolJson(country, "other", "2022-01-01", null)));
        }
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-schools-share&province=37&by=hostCountry", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(isSlice("MDV", "50", "null")));

            String other = openedSchool("37", "BTN");

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isSlice("MDV", "33.33", "50").test(line) && isMoved(line, other))
                            .anyMatch(line -> isSlice("BTN", "66.67", "50").test(line) && isMoved(line, other)));
        }
    }

    @ParameterizedTest
    @CsvSource({"&by=list:asean@now, '{\"list:asean@now\":\"member\"}'", "&list=asean@now, {}"})
    void what_is_counted_by_a_list_names_its_cause_too(String asked, String slice) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-schools&province=23" + asked, null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            String key = openedSchool("23", "BRN");

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isMoved(line, key) && line.contains("\"slice\":" + slice)));
        }
    }

    @Test
    void what_is_filtered_by_a_range_of_numbers_names_its_cause_too() throws Exception {
        RecordStates.createTopics();
        LocalDate firstDay = LocalDate.now(clock).withDayOfYear(1);
        String college = "4146000001";
        sendNamed(
                "?code=foreign-teacher-departures&stay=..364",
                RecordStates.TEACHER_TOPIC,
                RecordStates.teacherJson(college, firstDay.minusDays(100).toString(), firstDay.toString()));
        sendNamed(
                "?code=teachers-abroad&days=0..89",
                RecordStates.ASSIGNMENT_TOPIC,
                RecordStates.assignmentJson(college, firstDay.toString(), 2, 30));
    }

    private void sendNamed(String query, String topic, String after) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, query + "&province=46&by=college", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            String key = "46/W-" + UUID.randomUUID();
            TestEventLog.sendChange(topic, key, 1, after);

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isMoved(line, key) && line.contains("\"slice\":{},"))
                            .anyMatch(line -> isMoved(line, key) && line.contains("\"slice\":{\"college\":")));
        }
    }

    @Test
    void a_client_that_names_no_figure_gets_events_of_derived_ones_too() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            String key = openedSchool("12", "GMB");

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isMoved(line, key) && line.contains("\"indicator\":\"overseas-schools\""))
                            .anyMatch(line -> isMoved(line, key)
                                    && line.contains(
                                            "\"indicator\":\"overseas-schools-concentration\",\"slice\":{},")));
            assertThat(lines).noneMatch(line -> line.contains("-growth\""));
        }
    }

    @Test
    void figures_are_named_with_commas_as_elsewhere() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(
                    http, "?code=overseas-schools,overseas-majors&code=overseas-students&province=41", null);

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.contains("\"indicator\":\"overseas-schools\",\"slice\":{},"))
                            .anyMatch(line -> line.contains("\"indicator\":\"overseas-majors\",\"slice\":{},"))
                            .anyMatch(line -> line.contains("\"indicator\":\"overseas-students\",\"slice\":{},")));
        }
    }

    @Test
    void each_question_has_its_own_breakdowns_and_period() throws Exception {
        String asked = "?watch=overseas-schools%3Fby%3Dbrand&watch=overseas-schools%3Fby%3Dnone%26period%3D2025"
                + "&watch=overseas-students%3Fby%3Dnone";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, asked, null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            String key = openedSchool("12", "KIR");

            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isMoved(line, key) && line.contains("\"slice\":{\"brand\":\"other\"}"))
                            .anyMatch(line -> isMoved(line, key) && line.contains("\"slice\":{},\"period\":\"2025")));
            assertThat(lines)
                    .anyMatch(line -> line.contains("\"indicator\":\"overseas-students\",\"slice\":{},"))
                    .noneMatch(line -> line.contains("\"indicator\":\"overseas-students\",\"slice\":{\""))
                    .noneMatch(line -> line.contains("\"brand\"") && line.contains("\"period\":\"2025"))
                    .noneMatch(line -> line.contains("\"hostCountry\""));
        }
    }

    @Test
    void totals_come_alone_when_no_breakdown_is_asked_for() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, "?code=overseas-schools,overseas-students&by=none", null);

            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            assertThat(lines).filteredOn(line -> line.contains("\"slice\":")).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "watch=overseas-scools; ?watch; code-unknown; Did you mean \"overseas-schools\"",
                "watch=overseas-schools&by=none; ?watch; watch-alone; no other parameter",
                "watch=overseas-schools%3Fby; ?watch; watch; is no question",
                "watch=overseas-schools%3Fby%3D%25zz; ?watch; watch; is no question",
                "watch=overseas-schools%3Fby%3Dcolour; ?watch; dimension-unknown; overseas-schools?by: The indicator",
                "watch=overseas-schools%3Fcode%3Dx; ?watch; unknown-parameter; overseas-schools?code",
                "watch=overseas-schools%3Fbrand%3Dother&watch=overseas-schools; ?watch; watch-ambiguous; filters only",
                "code=overseas-schools,overseas-scools; ?code; code-unknown; Did you mean \"overseas-schools\"",
                "code=; ?code; empty; code is empty",
                "code=overseas-schools,; ?code; empty; a comma too many",
                "code=inbound-students,overseas-schools&nationality=FJI; ?nationality; unknown-parameter; no parameter"
                        + " of overseas-schools; name figures that have it, such as code=inbound-students.",
                "hostCountry=FJI; ?hostCountry; unknown-parameter; name figures that have it, such as code=",
                "nationality=FJI&brand=luban-workshop; ?brand; unknown-parameter; no figure has all that is asked for",
                "hostCountri=FJI; ?hostCountri; unknown-parameter; no such parameter"
            })
    void what_not_every_watched_figure_knows_is_refused(String query, String pointer, String rule, String told) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .accept("text/event-stream")
                .urlEncodingEnabled(false)
                .get(stream + "?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", is(pointer))
                .body("errors[0].rule", is(rule))
                .body("errors[0].detail", containsString(told));
    }

    /** A client that merges each change into its position has the whole position. */
    @Test
    void only_the_first_event_of_a_connection_has_the_whole_position() throws Exception {
        String query = "?code=overseas-schools&province=21&by=brand";
        openedSchool("21", "CIV");
        awaitHeld(TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC,
                "21/W-" + UUID.randomUUID(),
                1,
                TestEventLog.headcountJson("s", 2020, 1)));
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchStream(http, query, null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));
            String id = lastEventId(lines);
            String key = openedSchool("21", "CIV");
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> isMoved(line, key)));

            List<String> again = watchStream(http, query, id);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(again).anyMatch(line -> isMoved(line, key)));

            List<Map<String, Map<String, Integer>>> told = positionsOf(lines);
            assertThat(told.getFirst()).containsKeys(TestEventLog.SCHOOL_TOPIC, TestEventLog.HEADCOUNT_TOPIC);
            assertThat(told.subList(1, told.size()))
                    .as("moved since the event before")
                    .allSatisfy(position -> assertThat(position.values().stream()
                                    .mapToInt(Map::size)
                                    .sum())
                            .isLessThan(told.getFirst().values().stream()
                                    .mapToInt(Map::size)
                                    .sum()));
            assertThat(mergePositions(told)).isEqualTo(mergePositions(positionsOf(again)));
        }
    }

    private static List<Map<String, Map<String, Integer>>> positionsOf(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("data:") && line.contains("\"position\":"))
                .map(line -> JsonPath.from(line.substring(5)).<String, Map<String, Integer>>getMap("position.topics"))
                .toList();
    }

    private static Map<String, Map<String, Integer>> mergePositions(List<Map<String, Map<String, Integer>>> told) {
        Map<String, Map<String, Integer>> together = new TreeMap<>();
        told.forEach(position -> position.forEach((topic, partitions) ->
                together.computeIfAbsent(topic, key -> new TreeMap<>()).putAll(partitions)));
        return together;
    }

    private static Predicate<String> isSlice(String country, String value, String previous) {
        return line -> line.contains("\"slice\":{\"hostCountry\":\"" + country + "\"}")
                && line.contains("\"value\":" + value + ",\"previous\":" + previous + ",");
    }

    /** 1 of 1, 1 of 2, 2 of 3: a client that was disconnected receives each step, and no initial values again. */
    @Test
    void a_client_of_a_derived_figure_goes_on_after_the_last_event_it_saw() throws Exception {
        String kept = "?code=overseas-schools-share&hostCountry=SOM&by=form&province=36";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> first = watchStream(http, kept, null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(line -> line.startsWith("id:")));
            openedSchool("36", "SOM");
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(isTotal("100", "null")));
            String id = lastEventId(first);
            openedSchool("36", "TLS");
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(isTotal("50", "100")));
            openedSchool("36", "SOM");
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(first).anyMatch(isTotal("66.67", "50")));

            List<String> second = watchStream(http, kept, id);

            await().atMost(MAX_WAIT)
                    .untilAsserted(() ->
                            assertThat(second).anyMatch(isTotal("50", "100")).anyMatch(isTotal("66.67", "50")));
            assertThat(second).noneMatch(isTotal("100", "null")).noneMatch("event:reset"::equals);
            assertThat(first).as("filtered by country").noneMatch(line -> line.contains("TLS"));
        }
    }

    /** One bureau could hold all 500 streams. */
    @Test
    void a_client_with_twenty_streams_gets_no_other_one_and_others_do() throws Exception {
        String query = "?code=overseas-schools&by=brand";
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            for (int i = 0; i < 20; i++) {
                StreamClient own = StreamClient.openStream(http, stream, query, TestTokens.tokenOf("bureau-64"));
                await().atMost(MAX_WAIT)
                        .untilAsserted(() -> assertThat(own.status()).isCompletedWithValue(200));
            }
            StreamClient surplus = StreamClient.openStream(http, stream, query, TestTokens.tokenOf("bureau-64"));
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(surplus.status()).isCompletedWithValue(429));
            StreamClient other = StreamClient.openStream(http, stream, query, TestTokens.tokenOf("bureau-65"));
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(other.status()).isCompletedWithValue(200));
        }
        // The places of clients that left are free again.
        await().atMost(MAX_WAIT).untilAsserted(() -> {
            try (HttpClient http = HttpClient.newHttpClient();
                    AutoCloseable _ = http::shutdownNow) {
                StreamClient next = StreamClient.openStream(http, stream, query, TestTokens.tokenOf("bureau-64"));
                assertThat(next.status().get()).isEqualTo(200);
            }
        });
    }

    /** The slow client reads its first byte only after all other clients have read everything. */
    @Test
    void a_client_that_does_not_read_delays_no_other_client() throws Exception {
        String query = "?code=overseas-schools&code=overseas-schools-share&code=overseas-majors";
        try (Socket deaf = new Socket(stream.getHost(), stream.getPort());
                HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            deaf.setReceiveBufferSize(1024);
            deaf.getOutputStream()
                    .write(("GET " + stream.getPath() + query + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                                    + "Authorization: Bearer " + TestTokens.operatorToken() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            List<String> lines = watchStream(http, query + "&by=hostCountry", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            for (int i = 0; i < 60; i++) {
                String key = openedSchool("35", i % 2 == 0 ? "GIN" : "SSD");
                await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> isMoved(line, key)));
            }

            deaf.setSoTimeout((int) MAX_WAIT.toMillis());
            assertThat(new String(deaf.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void health_and_metrics_answer_while_two_hundred_and_fifty_clients_do_not_read() throws Exception {
        List<Socket> deaf = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            for (int client = 0; client < DEAF_CLIENTS; client++) {
                deaf.add(openUnread(DEAF_PROVINCES.get(client % DEAF_PROVINCES.size())));
            }
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(countRunningStreams()).isGreaterThanOrEqualTo(DEAF_CLIENTS));
            List<String> lines = watchStream(http, "?code=overseas-schools&by=province", null);
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));

            for (int round = 0; round < 80; round++) {
                Map<String, String> created = new TreeMap<>();
                for (String province : DEAF_PROVINCES) {
                    created.put(
                            province + "/W-" + UUID.randomUUID(),
                            TestEventLog.schoolJson("NRU", "other", "2022-01-01", null));
                }
                TestEventLog.sendCreated(TestEventLog.SCHOOL_TOPIC, created);
                given().get("/q/health/ready").then().statusCode(200).time(lessThan(MAX_HEALTH_MILLISECONDS));
                given().get("/q/metrics").then().statusCode(200).time(lessThan(MAX_HEALTH_MILLISECONDS));
            }

            String key = openedSchool("35", "NRU");
            await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> isMoved(line, key)));
            assertThat(countRunningStreams()).isGreaterThanOrEqualTo(DEAF_CLIENTS);
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    /** Opens a stream with so small a buffer that the service can write only the first values. */
    private Socket openUnread(String province) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1);
        socket.connect(new InetSocketAddress(stream.getHost(), stream.getPort()));
        socket.getOutputStream()
                .write(("GET " + stream.getPath() + "?code=overseas-schools&by=none HTTP/1.1\r\n"
                                + "Host: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                + TestTokens.bureauToken(province) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static double countRunningStreams() {
        return given().accept("text/plain")
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("voyage_requests_running{cost=\"stream\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Each client disconnects in the middle of its values, as when a laptop is closed or a proxy gives up. */
    @Test
    void who_breaks_off_leaves_no_error_in_the_log() throws Exception {
        List<String> errors = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                    errors.add(new SimpleFormatter().format(record));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                KafkaProducer<String, byte[]> producer = TestEventLog.createProducer()) {
            Future<?> flow = threads.submit(() -> {
                while (!over.get()) {
                    String key = "34/W-" + UUID.randomUUID();
                    String event = TestEventLog.changeJson(
                            key, 1, TestEventLog.schoolJson("NPL", "other", "2022-01-01", null));
                    producer.send(new ProducerRecord<>(
                                    TestEventLog.SCHOOL_TOPIC, key, event.getBytes(StandardCharsets.UTF_8)))
                            .get();
                }
                return over;
            });
            for (int i = 0; i < 15; i++) {
                openAndBreakOff(20_000 + 1_333 * i);
            }
            over.set(true);
            flow.get();
            try (HttpClient http = HttpClient.newHttpClient();
                    AutoCloseable _ = http::shutdownNow) {
                List<String> lines = watchStream(http, "?code=overseas-schools&by=hostCountry", null);
                await().atMost(MAX_WAIT)
                        .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith("id:")));
                String key = openedSchool("34", "NPL");
                await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(lines).anyMatch(line -> isMoved(line, key)));
            }
            assertThat(errors).isEmpty();
            Logger.getLogger("canary").severe("the log is heard");
            assertThat(errors).hasSize(1);
        } finally {
            over.set(true);
            root.removeHandler(listener);
        }
    }

    private void openAndBreakOff(int afterBytes) throws IOException {
        try (Socket socket = new Socket(stream.getHost(), stream.getPort())) {
            socket.setSoTimeout((int) MAX_WAIT.toMillis());
            socket.getOutputStream()
                    .write(("GET " + stream.getPath() + "?code=overseas-schools HTTP/1.1\r\nHost: x\r\n"
                                    + "Accept: text/event-stream\r\nAuthorization: Bearer " + TestTokens.operatorToken()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(afterBytes)).hasSize(afterBytes);
            socket.setSoLinger(true, 0);
        }
    }

    private static String openedSchool(String province, String country) {
        String key = province + "/W-" + UUID.randomUUID();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson(country, "other", "2022-01-01", null));
        return key;
    }

    /** Waits until the figures hold the write. */
    private static void awaitHeld(Receipt receipt) {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-students/values?receipt=" + receipt.text())
                .then()
                .statusCode(200);
    }

    private static Predicate<String> isTotal(String value, String previous) {
        return line -> line.contains("\"slice\":{},")
                && line.contains("\"value\":" + value + ",\"previous\":" + previous + ",");
    }

    private static String lastEventId(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("id:"))
                .toList()
                .getLast()
                .substring(3)
                .strip();
    }

    private List<String> watchStream(
            HttpClient http, String query, @org.jspecify.annotations.Nullable String lastEventId) {
        return StreamClient.openStream(http, stream, query, TestTokens.operatorToken(), lastEventId)
                .lines();
    }
}
