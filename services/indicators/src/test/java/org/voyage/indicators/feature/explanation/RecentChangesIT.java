package org.voyage.indicators.feature.explanation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.FigureValuesByYear;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class RecentChangesIT implements RunningServiceTest {

    private static final Duration PAUSE_PER_FIFTY = Duration.ofMillis(50);

    private static final String FIGURE = "items.find { it.indicator.code == '%s' }.";

    @Inject
    CheckpointHistory knowledge;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(RecordStates.ENROLMENT_TOPIC));
    }

    /**
     * Records that are created, corrected across years, moved with their school, withdrawn, restored, and written and
     * undone; and versions in disorder: the newest known version counts, not the last to arrive.
     */
    @Test
    void changes_lead_from_the_earlier_figures_to_the_current_ones() throws SQLException {
        String school = newKey("12");
        String closed = newKey("32");
        String gone = newKey("12");
        String mixed = newKey("12");
        Receipt sent = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, school, 1, schoolJson("KEN", "2019-01-01"))
                .plus(TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, school, 1, studentsJson(school, 2022, 40)))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, closed, 1, schoolJson("UGA", "2015-01-01")))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, closed, 2, null))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, gone, 1, schoolJson("KEN", "2020-01-01")))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, mixed, 3, schoolJson("TZA", "2012-01-01")));
        Map<String, Map<String, String>> then = FigureValuesByYear.readAll("overseas", sent);
        Instant from = lastCheckpointTime();

        String fleeting = newKey("12");
        sent = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, school, 2, schoolJson("RWA", "2018-01-01"))
                .plus(TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, school, 2, studentsJson(school, 2023, 45)))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, closed, 3, schoolJson("UGA", "2015-01-01")))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, gone, 2, null))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, mixed, 2, schoolJson("EGY", "2010-01-01")))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, fleeting, 1, schoolJson("BDI", "2021-01-01")))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, fleeting, 2, null));
        Map<String, Map<String, String>> now = FigureValuesByYear.readAll("overseas", sent);
        JsonPath moved = getOverview(TestTokens.operatorToken(), from);

        assertThat(FigureValuesByYear.withAnswer(now, moved, "before")).isEqualTo(then);
        assertThat(FigureValuesByYear.withAnswer(then, moved, "after"))
                .isEqualTo(now)
                .isNotEqualTo(then);
        String schools = FIGURE.formatted("overseas-schools");
        assertThat(moved.getList(schools + "ranks.code")).contains("RWA").doesNotContain("BDI", "EGY", "TZA");
        assertThat(moved.getList(schools + "ranks")).hasSizeLessThanOrEqualTo(10);
        assertThat(moved.getInt(schools + "moreRanks")).isPositive();
        String ofSchools = "sent.find { it.record == 'overseas-school' && it.province == '12' }.";
        assertThat(moved.getInt(ofSchools + "records")).isEqualTo(4);
        assertThat(moved.<String, Integer>getMap(ofSchools + "changes"))
                .isEqualTo(Map.of("created", 1, "corrected", 2, "withdrawn", 2));
    }

    /** Three in one country long ago, and later more countries with one each than the response shows. */
    @Test
    void the_places_that_moved_most_are_shown_with_their_names() throws SQLException {
        Instant from = lastCheckpointTime();
        Receipt sent = TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC, newKey("15"), 1, schoolJson("LAO", "1990-02-01", "1991-06-30"))
                .plus(TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC, newKey("15"), 1, schoolJson("LAO", "1990-02-01", "1991-06-30")))
                .plus(TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC, newKey("15"), 1, schoolJson("LAO", "1990-02-01", "1991-06-30")));
        for (String country : List.of("CHL", "PER", "BOL", "ECU", "COL", "PAN", "CRI", "CUB", "HTI", "JAM", "BRB")) {
            sent = sent.plus(TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC, newKey("15"), 1, schoolJson(country, "2001-02-01", "2002-06-30")));
        }
        FigureValuesByYear.readAll("overseas", sent);

        JsonPath moved = getOverview(TestTokens.operatorToken(), from);

        String schools = FIGURE.formatted("overseas-schools");
        assertThat(moved.<Object>getList(schools + "ranks.collect { [it.code, it.period, it.before, it.after] }"))
                .hasSize(10)
                .startsWith(List.of("15", "2001", 0, 11))
                .contains(List.of("LAO", "1990", 0, 3))
                .endsWith(List.of("ECU", "2001", 0, 1));
        assertThat(moved.getList(FIGURE.formatted("overseas-schools-share") + "ranks.code"))
                .as("of nothing there is no share: all of what there is moved")
                .contains("LAO");
        assertThat(moved.getString("labels.record.'overseas-school'.zh")).isEqualTo("境外办学机构");
        assertThat(moved.getString("labels.province.'15'.en")).isEqualTo("Inner Mongolia");
        assertThat(moved.getString("labels.hostCountry.LAO.zh")).isEqualTo("老挝");
    }

    /**
     * Each answer is one consistent view while events arrive: the earlier side is fixed, the current side advances.
     */
    @Test
    void the_earlier_figures_stay_while_records_arrive() throws Exception {
        String own = newKey("54");
        FigureValuesByYear.readAll(
                "inbound", TestEventLog.sendChange(RecordStates.ENROLMENT_TOPIC, own, 1, enrolmentJson("2013-02-01")));
        long then = countStudents2013();
        // The evidence follows the figures.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/indicators/inbound-students/evidence?period=2013")
                        .then()
                        .body("value", equalTo((int) then)));
        Instant from = lastCheckpointTime();
        AtomicBoolean enough = new AtomicBoolean();
        Thread sender = Thread.ofVirtual().start(() -> sendUntilEnough(enough));
        try {
            long last = 0;
            for (int i = 0; i < 20; i++) {
                JsonPath moved = getOverview(TestTokens.operatorToken(), from);
                String year = FIGURE.formatted("inbound-students") + "years.find { it.period == '2013' }";
                if (moved.get(year) == null) {
                    assertThat(moved.getList("sent")).isEmpty();
                    continue;
                }
                assertThat(moved.getLong(year + ".before")).isEqualTo(then);
                long after = moved.getLong(year + ".after");
                assertThat(after).isGreaterThanOrEqualTo(last);
                assertThat(moved.getLong("sent.find { it.province == '54' }.records"))
                        .isEqualTo(after - then);
                last = after;
            }
            assertThat(last).isPositive();
        } finally {
            enough.set(true);
            sender.join();
        }
    }

    /** An event that arrives while the service builds an answer is in this answer or in the next one. */
    @Test
    void each_answer_goes_on_where_the_one_before_ended() throws Exception {
        Instant from = lastCheckpointTime();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        Thread sender = Thread.ofVirtual().start(() -> {
            while (!enough.get()) {
                TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("64"), 1, schoolJson("KEN", "2019-01-01"));
                sent.incrementAndGet();
            }
        });
        long told = 0;
        String created = "sent.find { it.record == 'overseas-school' && it.province == '64' }.changes.created";
        try {
            for (int i = 0; i < 15; i++) {
                JsonPath moved = getOverview(TestTokens.operatorToken(), from);
                told += moved.get(created) == null ? 0 : moved.getLong(created);
                from = Instant.parse(moved.getString("position.time"));
            }
        } finally {
            enough.set(true);
            sender.join();
        }
        FigureValuesByYear.readAll(
                "overseas",
                TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey("64"), 1, schoolJson("KEN", "2019-01-01")));
        told += getOverview(TestTokens.operatorToken(), from).getLong(created);

        assertThat(told).isGreaterThan(sent.get());
    }

    /**
     * Sends at most 1,000 records a second, as a file upload does: the evidence is always slightly behind, and the changes
     * stay below the limit of one comparison.
     */
    private static void sendUntilEnough(AtomicBoolean enough) {
        try (KafkaProducer<String, byte[]> producer = TestEventLog.createProducer()) {
            while (!enough.get()) {
                for (int i = 0; i < 50; i++) {
                    String key = newKey("54");
                    String change = TestEventLog.changeJson(key, 1, enrolmentJson("2013-02-01"));
                    producer.send(new ProducerRecord<>(
                            RecordStates.ENROLMENT_TOPIC, key, change.getBytes(StandardCharsets.UTF_8)));
                }
                producer.flush();
                LockSupport.parkNanos(PAUSE_PER_FIFTY.toNanos());
            }
        }
    }

    @Test
    void a_bureau_sees_what_it_sent_itself_and_the_national_figures() throws SQLException {
        Instant from = lastCheckpointTime();
        String own = newKey("12");
        Receipt sent = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, own, 1, schoolJson("KEN", "2019-01-01"))
                .plus(TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, own, 1, studentsJson(own, 1976, 30)))
                .plus(TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC, newKey("32"), 1, schoolJson("KEN", "2019-01-01")));
        FigureValuesByYear.readAll("overseas", sent);

        JsonPath moved = getOverview(TestTokens.bureauToken("12"), from);

        assertThat(moved.getList("sent.province")).containsOnly("12");
        String figure = FIGURE.formatted("overseas-schools");
        assertThat(moved.getInt(figure + "years.find { it.period == '2020' }.difference"))
                .isEqualTo(2);
        assertThat(moved.getList(figure + "ranks.findAll { it.dimension == 'province' }.code"))
                .doesNotContain("32");
        assertThat(moved.<String, Object>getMap(
                        FIGURE.formatted("overseas-students") + "years.find { it.period == '1976' }"))
                .as("no other test sends students of 1976")
                .containsEntry("before", null)
                .containsEntry("beforeStatus", "not-reported")
                .containsEntry("after", 30)
                .containsEntry("difference", 30)
                .doesNotContainKey("afterStatus");
    }

    @Test
    void where_nothing_came_nothing_moved() throws SQLException {
        getChanges(TestTokens.auditorToken(), "from=" + lastCheckpointTime())
                .statusCode(200)
                .body("items", empty())
                .body("sent", empty())
                .body("unfinished", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=1&from=2026-01-01T00:00:00Z,unknown-parameter",
        "from=yesterday,instant",
        "from=2099-01-01T00:00:00Z,moment-future",
        "from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z,repeated",
        "from=,empty-parameter"
    })
    void a_question_that_makes_no_sense_is_refused(String query, String rule) {
        getChanges(TestTokens.operatorToken(), query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.rule", hasItem(rule))
                .body("errors[0].detailZh", notNullValue());
    }

    @Test
    void without_a_moment_it_is_refused() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/changes")
                .then()
                .statusCode(400)
                .body("errors.rule", hasItem("required"));
    }

    @Test
    void an_alliance_is_refused() throws SQLException {
        getChanges(TestTokens.allianceToken("WFCP"), "from=" + lastCheckpointTime())
                .statusCode(403)
                .body("status", equalTo(403));
    }

    private Instant lastCheckpointTime() throws SQLException {
        return knowledge.findCheckpointAt(null).orElseThrow().time();
    }

    private static JsonPath getOverview(String token, Instant from) {
        return getChanges(token, "from=" + from).statusCode(200).extract().jsonPath();
    }

    private static ValidatableResponse getChanges(String token, String query) {
        return given().auth().oauth2(token).get("/v1/changes?" + query).then();
    }

    private static long countStudents2013() {
        return Long.parseLong(FigureValuesByYear.readAll("inbound", null)
                .getOrDefault("inbound-students", Map.of())
                .getOrDefault("2013", "0"));
    }

    private static String newKey(String province) {
        return province + "/W-" + UUID.randomUUID();
    }

    private static String schoolJson(String country, String openedOn) {
        return TestEventLog.schoolJson(country, "luban-workshop", openedOn, null);
    }

    private static String schoolJson(String country, String openedOn, String closedOn) {
        return TestEventLog.schoolJson(country, "luban-workshop", openedOn, closedOn);
    }

    private static String studentsJson(String school, int year, int students) {
        return TestEventLog.headcountJson(school.substring(3), year, students);
    }

    private static String enrolmentJson(String from) {
        return RecordStates.enrolmentJson("4154000001", "NPL", from, "2014-01-31", true);
    }
}
