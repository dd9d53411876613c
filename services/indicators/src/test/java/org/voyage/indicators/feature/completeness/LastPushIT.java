package org.voyage.indicators.feature.completeness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.awaitSender;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.getCompleteness;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.getValues;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.outstandingYear;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.sendOutstanding;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.evidence.LastChangeQuery;
import org.voyage.indicators.live.FactCountsByYear;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

/** Test of the last push of each sender by year. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class LastPushIT implements RunningServiceTest {

    @Inject
    LiveFigures live;

    @Inject
    LastChangeQuery changes;

    @Inject
    RecordCounts arrived;

    @Inject
    LastPushTracker pushes;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of("overseas.outstanding"));
    }

    @Test
    void what_waits_or_was_refused_is_a_push_of_the_year_in_which_it_became_more_or_less() {
        String key = "44/overseas-headcount";
        String record = "overseas-headcount";
        sendOutstanding(key, record, 1, 1, outstandingYear(2025, 0, 1));
        assertThat(awaitLastPushes("44", "2026-03-31T10:00:01.000000Z"))
                .containsExactly(null, "2026-03-31T10:00:01.000000Z", null);

        sendOutstanding(key, record, 2, 2, outstandingYear(2024, 1, 0), outstandingYear(2025, 0, 1));
        assertThat(awaitLastPushes("44", "2026-03-31T10:00:02.000000Z"))
                .containsExactly("2026-03-31T10:00:02.000000Z", "2026-03-31T10:00:01.000000Z", null);

        sendOutstanding(key, record, 3, 3, outstandingYear(2025, 0, 1));
        assertThat(awaitLastPushes("44", "2026-03-31T10:00:03.000000Z"))
                .containsExactly("2026-03-31T10:00:03.000000Z", "2026-03-31T10:00:01.000000Z", null);

        sendOutstanding(key, record, 4, 4, outstandingYear(2025, 0, 1), outstandingYear(2026, 1, 0));
        assertThat(awaitLastPushes("44", "2026-03-31T10:00:04.000000Z"))
                .containsExactly(
                        "2026-03-31T10:00:03.000000Z", "2026-03-31T10:00:01.000000Z", "2026-03-31T10:00:04.000000Z");
        getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=44")
                .body("items[0].years.lastFile", equalTo(Arrays.asList(null, null, null)));
    }

    /** Waits until the sender has this last push, and returns its pushes by year. */
    private static List<String> awaitLastPushes(String province, String last) {
        return awaitSender(
                        province,
                        sent -> assertThat(sent.getString("items[0].lastPush")).isEqualTo(last))
                .getList("items[0].years.lastPush");
    }

    @Test
    void a_record_that_is_changed_by_itself_is_a_push_of_its_year() {
        String key = "45/C-" + UUID.randomUUID();
        JsonPath before = getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=45")
                .extract()
                .jsonPath();
        Instant begun = Instant.now();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2025-03-01", null));

        JsonPath changed = awaitPush(key, "2025", begun);
        assertThat(changed.getString("items[0].lastPush"))
                .isEqualTo(changed.getString("items[0].years.find { it.year == 2025 }.lastPush"));
        for (String year : List.of("2024", "2026")) {
            String path = "items[0].years.find { it.year == " + year + " }.lastPush";
            assertThat(changed.getString(path)).isEqualTo(before.getString(path));
        }

        Instant later = Instant.now();
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, null);
        awaitPush(key, "2025", later);
    }

    private static JsonPath awaitPush(String key, String year, Instant after) {
        return awaitSender(
                key.substring(0, 2),
                sent -> assertThat(sent.getString("items[0].years.find { it.year == " + year + " }.lastPush"))
                        .isNotNull()
                        .satisfies(at -> assertThat(Instant.parse(at)).isAfterOrEqualTo(after)));
    }

    /** Records are created, change their year, and are withdrawn: followed since the start, and looked up after it. */
    @Test
    void last_pushes_that_are_followed_are_those_that_the_evidence_gives() {
        String key = "22/K-" + UUID.randomUUID();
        List<String> states = new ArrayList<>();
        for (int year : List.of(1958, 1959, 1958, 1960)) {
            states.add(TestEventLog.headcountJson("s", year, 3));
        }
        states.add(null);
        for (int version = 1; version <= states.size(); version++) {
            TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, key, version, states.get(version - 1));
        }
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, "22/K-" + UUID.randomUUID(), 1, TestEventLog.headcountJson("s", 1961, 3));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Instant> followed =
                    live.readView(view -> lastChangesOf("22", view.countsByYear("overseas-headcount")));
            assertThat(followed.keySet()).contains("1958", "1959", "1960", "1961");
            assertThat(followed)
                    .isEqualTo(lastChangesOf(
                            "22",
                            List.copyOf(changes.readLastChanges(arrived.yearFields())
                                    .entrySet())));
        });
    }

    private static Map<String, Instant> lastChangesOf(
            String province, Map<Integer, FactCountsByYear.YearFactCounts> years) {
        Map<String, Instant> last = new HashMap<>();
        years.forEach((year, seen) -> {
            Instant at = seen.changed().get(province);
            if (at != null) {
                last.put(String.valueOf(year), at);
            }
        });
        return last;
    }

    private static Map<String, Instant> lastChangesOf(
            String province, List<Map.Entry<LastChangeQuery.ProvinceRecordYear, Instant>> changes) {
        return changes.stream()
                .filter(each -> each.getKey().province().equals(province)
                        && each.getKey().record().equals("overseas-headcount"))
                .collect(Collectors.toMap(each -> String.valueOf(each.getKey().year()), Map.Entry::getValue));
    }

    /** Simulates a service that starts and finds an unpublished event in its evidence. */
    @Test
    void a_rebuild_of_the_evidence_ends_last_pushes_that_never_were() throws Exception {
        String key = "21/C-" + UUID.randomUUID();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2025-03-01", null));
        String question = "items[0].years.find { it.year == 2025 }.lastPush";
        JsonPath before =
                awaitSender("21", sent -> assertThat(sent.getString(question)).isNotNull());
        try (Connection database = TestServers.connect("indicators", TestServers.ownerOf("indicators"), "all");
                Statement statement = database.createStatement()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> statement.executeUpdate("update evidence set event_time = '2031-01-01T00:00:00Z'"
                                    + " where province || '/' || source_id = '" + key + "'")
                            == 1);
        }
        pushes.loadChanges();
        JsonPath wrong = awaitSender("21", sent -> {});
        assertThat(wrong.getString(question)).isEqualTo("2031-01-01T00:00:00.000000Z");

        String rebuild = given().auth()
                .oauth2(TestTokens.operatorToken())
                .post("/v1/rebuilds?evidence=true")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(
                        () -> getValues(TestTokens.auditorToken(), rebuild).body("finishedAt", notNullValue()));

        getValues(TestTokens.auditorToken(), rebuild).body("state", equalTo("done"));
        assertThat(awaitSender("21", sent -> {}).getString(question)).isEqualTo(before.getString(question));
    }
}
