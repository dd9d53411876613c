package org.voyage.indicators.feature.completeness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.BATCH_ID;
import static org.voyage.indicators.feature.completeness.SubmissionEvents.awaitSender;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of unreadable submission events: files, years and waiting rows. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class UnreadableSubmissionsIT implements RunningServiceTest {

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(
                List.of("overseas.batch", "overseas.outstanding", "overseas.year-close", "standards.batch"));
    }

    @Test
    void what_cannot_be_read_becomes_a_dead_letter_and_the_reader_goes_on() throws IOException {
        String broken = "62/" + UUID.randomUUID();
        TestEventLog.sendRaw("standards.batch", broken, "{\"broken".getBytes(StandardCharsets.UTF_8));
        String twice = "62/" + UUID.randomUUID();
        sendEvent(
                "standards.batch",
                twice,
                readExample("batch.created").replace("\"year\": 2024", "\"year\": 2025"),
                "62");
        String id = UUID.randomUUID().toString();
        sendEvent("overseas.batch", "62/" + id, readExample("batch.created").replace(BATCH_ID, id), "62");

        awaitSender("62", sent -> assertThat(sent.getInt("items[0].files")).isEqualTo(1));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/dead-letters?limit=1000")
                        .then()
                        .body("items.key", hasItem(broken))
                        .body("items.key", hasItem(twice)));
    }

    /** All events have one key, so that none is skipped. */
    @Test
    void an_unreadable_count_of_waiting_rows_leaves_the_count_before_it() {
        String key = "13/overseas-headcount";
        String record = "overseas-headcount";
        sendOutstanding(key, record, 1, 1, outstandingYear(2025, 8, 0));
        List<String> broken = List.of(
                outstandingYear(2025, -1, 0),
                outstandingYear(2025, 0, -1),
                "{\"year\":2025,\"waiting\":1000000000001,\"refused\":0}",
                outstandingYear(2025, 1, 0) + "," + outstandingYear(2025, 2, 0),
                "{\"waiting\":1,\"refused\":0},{\"waiting\":1,\"refused\":0}",
                "{\"year\":\"x\",\"waiting\":1,\"refused\":0}",
                "{\"year\":2025,\"waiting\":1}",
                "7");
        broken.forEach(years -> sendOutstanding(key, record, 2, 2, years));
        for (String event : List.of(
                "{\"broken",
                "{}",
                "{\"province\":\"" + "1".repeat(501) + "\",\"sourceId\":\"" + record
                        + "\",\"version\":2,\"recordedAt\":\"2026-03-31T10:00:02Z\",\"after\":{\"years\":[]}}",
                "{\"province\":\"13\",\"sourceId\":\"" + record
                        + "\",\"version\":2,\"recordedAt\":\"2026-03-31T10:00:02Z\",\"after\":{}}",
                "{\"province\":\"13\",\"sourceId\":\"" + record
                        + "\",\"version\":2,\"recordedAt\":\"+999999999-03-31T10:00:02Z\",\"after\":{\"years\":[]}}")) {
            TestEventLog.sendRaw("overseas.outstanding", key, event.getBytes(StandardCharsets.UTF_8));
        }
        sendOutstanding(key, "overseas-training", 1, 1, outstandingYear(2026, 1, 0));

        JsonPath sender = awaitSender(
                "13",
                sent -> assertThat(sent.getInt("items[0].years[2].parked")).isEqualTo(1));

        assertThat(sender.getList("items[0].years.parked")).containsExactly(0, 8, 1);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/dead-letters?record=outstanding&limit=1000")
                .then()
                .statusCode(200)
                .body("items.findAll { it.key == '" + key + "' }.reason", hasSize(13));
        sendOutstanding(key, record, 2, 3, outstandingYear(2025, 0, 0));
        awaitSender("13", sent -> assertThat(sent.getInt("items[0].parked")).isEqualTo(1));
    }

    /** A late or repeated event says nothing about the unreadable one. */
    @ParameterizedTest
    @CsvSource({
        "batch, 11/0199a1c2-6f00-7abc-8def-000000000201, created",
        "outstanding, 11/overseas-headcount, corrected",
        "year-close, 11/1941, corrected"
    })
    void what_was_a_dead_letter_is_healed_by_the_newest_word_about_its_key(String kind, String key, String newest)
            throws IOException {
        sendExample(kind, key, newest);
        sendBroken(kind, key);
        sendExample(kind, key, newest);
        sendExample(kind, key, "created");
        sendBroken(kind, key);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(deadLetterHealed(kind, key)).containsExactly(false, false));

        sendExample(kind, key, "republished");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(deadLetterHealed(kind, key)).containsExactly(true, true));
        sendBroken(kind, key);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(deadLetterHealed(kind, key)).containsExactly(false, true, true));
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/dead-letters?limit=1000&healed=false&topic=overseas." + kind)
                .then()
                .body("items.findAll { it.key == '" + key + "' }.reason", hasSize(1));
    }

    private static void sendExample(String kind, String key, String word) throws IOException {
        sendEvent(
                "overseas." + kind,
                key,
                readExample(kind + "." + word).replace("\"2025\"", "\"1941\""),
                key.substring(0, 2));
    }

    private static void sendBroken(String kind, String key) {
        TestEventLog.sendRaw("overseas." + kind, key, "{\"broken".getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the healed marks, the newest first. */
    private static List<Boolean> deadLetterHealed(String kind, String key) {
        return getValues(TestTokens.auditorToken(), "/v1/dead-letters?limit=1000&record=" + kind)
                .extract()
                .jsonPath()
                .getList("items.findAll { it.key == '" + key + "' }.healed");
    }
}
