package org.voyage.indicators.feature.completeness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.BATCH_ID;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.awaitSender;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.getCompleteness;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.getValues;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.outstandingYear;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.readExample;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.sendEvent;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.sendOutstanding;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class CompletenessResourceIT implements RunningServiceTest {

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of("overseas.batch", "overseas.outstanding", "overseas.year-close"));
    }

    @Test
    void the_fate_of_every_file_is_counted_once() throws IOException {
        for (int i = 0; i < 2; i++) {
            String id = UUID.randomUUID().toString();
            sendEvent("overseas.batch", "53/" + id, readExample("batch.created").replace(BATCH_ID, id), "53");
            sendEvent("overseas.batch", "53/" + id, readExample("batch.created").replace(BATCH_ID, id), "53");
        }
        String failed = UUID.randomUUID().toString();
        sendEvent(
                "overseas.batch",
                "53/" + failed,
                readExample("batch.created-failed").replace(BATCH_ID, failed),
                "53");

        JsonPath sender = awaitSender(
                "53", sent -> assertThat(sent.getInt("items[0].files")).isEqualTo(3));

        assertThat(sender.getInt("items[0].rows")).isEqualTo(360);
        assertThat(sender.getInt("items[0].refused")).isEqualTo(12);
        assertThat(sender.getInt("items[0].parked"))
                .as("what waits now no file tells")
                .isZero();
        assertThat(sender.getString("items[0].lastPush")).isEqualTo("2026-03-31T10:00:00.123456Z");
        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 0, 0);
        assertThat(sender.getList("items[0].years.refused")).containsExactly(2, 4, 0);
        assertThat(sender.getList("items[0].years.lastFile"))
                .containsExactly("2026-03-31T10:00:00.123456Z", "2026-03-31T10:00:00.123456Z", null);
        assertThat(sender.getInt("items[0].withoutYear.refused"))
                .as("rows without a year, and those of a file that was told of without years")
                .isEqualTo(6);
        assertThat(sender.getInt("items[0].withoutYear.parked")).isZero();
    }

    @Test
    void waiting_rows_fall_with_a_new_count_and_refusals_of_files_and_single_writes_add_up() throws IOException {
        String id = UUID.randomUUID().toString();
        sendEvent("overseas.batch", "14/" + id, readExample("batch.created").replace(BATCH_ID, id), "14");
        sendEvent("overseas.outstanding", "14/overseas-headcount", readExample("outstanding.created"), "14");
        sendOutstanding("14/overseas-training", "overseas-training", 1, 1, outstandingYear(2025, 5, 7));

        JsonPath waiting = awaitSender("14", sent -> {
            assertThat(sent.getInt("items[0].files")).isEqualTo(1);
            assertThat(sent.getInt("items[0].parked")).isEqualTo(19);
        });
        assertThat(waiting.getList("items[0].years.parked")).containsExactly(2, 17, 0);
        assertThat(waiting.getList("items[0].years.refused")).containsExactly(1, 12, 0);
        assertThat(waiting.getInt("items[0].refused")).isEqualTo(15);
        assertThat(waiting.getInt("items[0].withoutYear.parked")).isZero();
        assertThat(waiting.getInt("items[0].withoutYear.refused"))
                .as("one row of the file and one single write")
                .isEqualTo(2);

        sendEvent("overseas.outstanding", "14/overseas-headcount", readExample("outstanding.corrected"), "14");

        JsonPath applied = awaitSender(
                "14", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(5));
        assertThat(applied.getList("items[0].years.parked")).containsExactly(0, 5, 0);
        assertThat(applied.getList("items[0].years.refused")).containsExactly(1, 13, 0);
        assertThat(applied.getInt("items[0].refused")).isEqualTo(16);
    }

    /** Rows without a year, or with a year that no client can query, are reported separately. */
    @Test
    void what_waits_is_in_its_year_or_in_none() {
        sendOutstanding(
                "15/overseas-headcount",
                "overseas-headcount",
                1,
                1,
                "{\"waiting\":3,\"refused\":2}",
                outstandingYear(2099, 10, 1),
                outstandingYear(1998, 20, 0),
                outstandingYear(2026, 40, 0));

        JsonPath sender = awaitSender(
                "15", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(73));
        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 0, 40);
        assertThat(sender.getInt("items[0].withoutYear.parked")).isEqualTo(13);
        assertThat(sender.getInt("items[0].withoutYear.refused")).isEqualTo(3);
        getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=15&year=1998")
                .body("items[0].years[0].parked", equalTo(20));
    }

    /** The newest event under the same key shows that the rest was read: it is of another record. */
    @Test
    void the_newest_word_about_what_waits_counts_whatever_comes_late_or_twice() throws IOException {
        String key = "51/overseas-headcount";
        for (String word : List.of("republished", "corrected", "created", "republished")) {
            sendEvent("overseas.outstanding", key, readExample("outstanding." + word), "51");
        }
        sendOutstanding(key, "overseas-training", 1, 1, outstandingYear(2026, 1, 0));

        JsonPath sender = awaitSender(
                "51",
                sent -> assertThat(sent.getInt("items[0].years[2].parked")).isEqualTo(1));
        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 0, 1);
        assertThat(sender.getList("items[0].years.refused")).containsExactly(0, 4, 0);
        assertThat(sender.getInt("items[0].refused")).isEqualTo(5);

        for (String word : List.of("withdrawn", "corrected", "republished")) {
            sendEvent("overseas.outstanding", key, readExample("outstanding." + word), "51");
        }
        sendOutstanding(key, "overseas-training", 2, 2, outstandingYear(2026, 2, 0));

        JsonPath withdrawn = awaitSender(
                "51", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(2));
        assertThat(withdrawn.getInt("items[0].refused")).isZero();
    }

    /**
     * The same file is published again, as in a republication, by a newer version of the service that adds the years.
     */
    @Test
    void a_newer_word_about_a_file_takes_the_place_of_the_older_one() throws IOException {
        String id = UUID.randomUUID().toString();
        String event = readExample("batch.created").replace(BATCH_ID, id);
        String old = event.replaceFirst("(?s)\"years\": \\[.*?\\],", "");
        sendEvent("overseas.batch", "52/" + id, old, "52");
        awaitSender(
                "52",
                sent -> assertThat(sent.getInt("items[0].withoutYear.refused")).isEqualTo(4));

        sendEvent("overseas.batch", "52/" + id, event.replace("\"version\": 1", "\"version\": 2"), "52");

        JsonPath sender = awaitSender(
                "52", sent -> assertThat(sent.getList("items[0].years.refused")).containsExactly(1, 2, 0));
        assertThat(sender.getInt("items[0].refused")).isEqualTo(4);
        assertThat(sender.getInt("items[0].withoutYear.refused")).isEqualTo(1);
    }

    @Test
    void a_year_has_its_newest_state_whatever_comes_late() throws IOException {
        sendEvent("overseas.year-close", "54/2025", readExample("year-close.corrected"), "54");
        sendEvent("overseas.year-close", "54/2025", readExample("year-close.created"), "54");
        String marker = UUID.randomUUID().toString();
        sendEvent("overseas.batch", "54/" + marker, readExample("batch.created").replace(BATCH_ID, marker), "54");

        JsonPath sender = awaitSender("54", sent -> {
            assertThat(sent.getInt("items[0].files")).isEqualTo(1);
            assertThat(sent.getString("items[0].years.find { it.year == 2025 }.state"))
                    .isEqualTo("accepted");
        });

        assertThat(sender.getString("items[0].years.find { it.year == 2026 }.state"))
                .isEqualTo("open");
    }

    @Test
    void records_are_expected_as_in_the_year_before() {
        for (String opened : List.of("2024-02-29", "2024-12-31", "2025-01-01")) {
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    "61/C-" + UUID.randomUUID(),
                    1,
                    TestEventLog.schoolJson("THA", "other", opened, null));
        }

        JsonPath sender = awaitSender(
                "61",
                sent -> assertThat(sent.getInt("items[0].years.find { it.year == 2025 }.received"))
                        .isEqualTo(1));

        assertThat(sender.getInt("items[0].years.find { it.year == 2025 }.expected"))
                .isEqualTo(2);
        assertThat(sender.getInt("items[0].years.find { it.year == 2024 }.records.overseas-school"))
                .isEqualTo(2);
        assertThat(sender.getString("items[0].lastPush")).isNotNull();
        getCompleteness(TestTokens.operatorToken(), "?service=overseas&province=61&period=2022..2025")
                .body("items[0].years.year", equalTo(List.of(2022, 2023, 2024, 2025)))
                .body("items[0].years.received", equalTo(List.of(0, 0, 2, 1)));
    }

    /** A file arrives, and a plan is loaded, while the service builds an answer. */
    @Test
    void an_answer_is_of_one_moment() throws Exception {
        String question = "/v1/completeness?service=overseas&province=50&year=2003";
        String owner = TestServers.ownerOf("indicators");
        int planned = ThreadLocalRandom.current().nextInt(1_000, 1_000_000);
        JsonPath before =
                getValues(TestTokens.operatorToken(), question).extract().jsonPath();
        JsonPath answer;
        try (Connection meanwhile = TestServers.connect("indicators", owner, "all");
                Statement statement = meanwhile.createStatement()) {
            meanwhile.setAutoCommit(false);
            statement.execute("lock table plan in access exclusive mode");
            CompletableFuture<JsonPath> asked = CompletableFuture.supplyAsync(() ->
                    getValues(TestTokens.operatorToken(), question).extract().jsonPath());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                try (ResultSet waits = statement.executeQuery(
                        "select exists (select from pg_locks where relation = 'plan'::regclass and not granted)")) {
                    waits.next();
                    assertThat(waits.getBoolean(1)).isTrue();
                }
            });
            statement.execute("insert into submission values ('overseas', '50', gen_random_uuid()::text, 1,"
                    + " 'overseas-school', 10, 0, now())");
            statement.execute("insert into plan (year, version, content, lines, loaded_at, loaded_by)"
                    + " select 2003, count(*) + 1, convert_to(format(E'province,service,records\\n50,overseas,%s\\n', "
                    + planned + "), 'UTF8'), 1, now(), 'test' from plan where year = 2003");
            meanwhile.commit();
            answer = asked.get(30, TimeUnit.SECONDS);
            statement.execute("delete from submission where province = '50'");
            meanwhile.commit();
        }

        boolean hasPlan = Objects.equals(answer.get("items[0].years[0].expected"), planned);
        assertThat(answer.getInt("items[0].files"))
                .as("the plan is there: %s", hasPlan)
                .isEqualTo(before.getInt("items[0].files") + (hasPlan ? 1 : 0));
    }

    @Test
    void a_bureau_sees_what_waits_of_its_own_only() {
        sendOutstanding("37/overseas-headcount", "overseas-headcount", 1, 1, outstandingYear(1999, 6, 2));
        String year = "?service=overseas&year=1999";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> getCompleteness(TestTokens.bureauToken("37"), year)
                        .body("items.parked", equalTo(List.of(6)))
                        .body("items[0].years.parked", equalTo(List.of(6))));

        getCompleteness(TestTokens.bureauToken("36"), year)
                .body("items.province", equalTo(List.of("36")))
                .body("items[0].parked", equalTo(0))
                .body("items[0].years.refused", equalTo(List.of(0)));
        getCompleteness(TestTokens.bureauToken("36"), year + "&province=37").statusCode(404);
        getCompleteness(TestTokens.allianceToken("WFCP"), year).statusCode(403);
    }

    @Test
    void a_bureau_sees_its_own_only() {
        getCompleteness(TestTokens.bureauToken("12"), "")
                .statusCode(200)
                .body("items.province", everyItem(equalTo("12")));
        getCompleteness(TestTokens.bureauToken("12"), "?province=12&service=overseas")
                .statusCode(200)
                .body("items", hasSize(1));
        getCompleteness(TestTokens.bureauToken("12"), "?province=32").statusCode(404);
        getCompleteness(TestTokens.allianceToken("WFCP"), "").statusCode(403);
        getCompleteness(TestTokens.auditorToken(), "?service=standards")
                .statusCode(200)
                .body("items", hasSize(32));
        given().get("/v1/completeness").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?year=2099",
                "?year=x",
                "?province=99",
                "?service=feeds",
                "?yaer=2025",
                "?period=2025-03",
                "?period=2025..2099",
                "?year=2025&period=2024..2025"
            })
    void a_question_that_makes_no_sense_is_refused(String asked) {
        getCompleteness(TestTokens.operatorToken(), asked)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", startsWith("?"));
    }
}
