package org.voyage.indicators.query;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class DeadLetterResourceIT implements RunningServiceTest {

    private final List<String> schools = new ArrayList<>();
    private final List<String> trainings = new ArrayList<>();

    /** Other tests query figures of the same records, which would have a note. */
    @AfterEach
    void healAll() {
        schools.forEach(DeadLetterResourceIT::healKey);
        trainings.forEach(key -> TestEventLog.sendChange(TestEventLog.TRAINING_TOPIC, key, 1, null));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(readKeys("healed=false&record=overseas-school")).noneMatch(schools::contains);
            assertThat(readKeys("healed=false&record=overseas-training")).noneMatch(trainings::contains);
        });
    }

    @Test
    void pages_show_each_event_once_and_the_newest_first() {
        for (int i = 0; i < 5; i++) {
            sendUnreadable(TestEventLog.SCHOOL_TOPIC, schools);
        }
        awaitDeadLetters("topic=" + TestEventLog.SCHOOL_TOPIC, schools);
        List<String> paged = new ArrayList<>();
        List<String> moments = new ArrayList<>();
        JsonPath page = getPage("limit=2&topic=" + TestEventLog.SCHOOL_TOPIC);
        // Dead letters stored in the meantime are newer than the page.
        sendUnreadable(TestEventLog.SCHOOL_TOPIC, schools);
        awaitDeadLetters("topic=" + TestEventLog.SCHOOL_TOPIC, schools);
        String late = schools.getLast();

        while (true) {
            assertThat(page.getList("items")).hasSizeLessThanOrEqualTo(2);
            paged.addAll(page.getList("items.key"));
            moments.addAll(page.getList("items.storedAt"));
            if (page.getString("next") == null) {
                break;
            }
            page = getPage("limit=2&topic=" + TestEventLog.SCHOOL_TOPIC + "&cursor=" + page.getString("next"));
        }

        assertThat(paged).containsAll(schools.subList(0, 5)).doesNotContain(late);
        assertThat(paged.stream().filter(schools::contains)).hasSize(5);
        assertThat(readKeys("limit=1000&topic=" + TestEventLog.SCHOOL_TOPIC))
                .contains(late)
                .hasSize(paged.size() + 1);
        assertThat(moments)
                .isSortedAccordingTo(
                        Comparator.<String, Instant>comparing(Instant::parse).reversed());
    }

    @Test
    void they_are_asked_for_by_topic_by_record_and_by_whether_they_are_healed() {
        sendUnreadable(TestEventLog.SCHOOL_TOPIC, schools);
        sendUnreadable(TestEventLog.SCHOOL_TOPIC, schools);
        sendUnreadable(TestEventLog.TRAINING_TOPIC, trainings);
        awaitDeadLetters("limit=1000", schools);
        awaitDeadLetters("limit=1000", trainings);

        healKey(schools.getFirst());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(readKeys("healed=true&record=overseas-school"))
                        .contains(schools.getFirst())
                        .doesNotContain(schools.getLast()));
        assertThat(readKeys("healed=false&topic=" + TestEventLog.SCHOOL_TOPIC))
                .contains(schools.getLast())
                .doesNotContain(schools.getFirst())
                .doesNotContainAnyElementsOf(trainings);
        assertThat(readKeys("healed=false&record=overseas-training"))
                .containsAll(trainings)
                .doesNotContainAnyElementsOf(schools);
        assertThat(readKeys("topic=" + TestEventLog.SCHOOL_TOPIC))
                .containsAll(schools)
                .doesNotContainAnyElementsOf(trainings);
        assertThat(readKeys("topic=" + TestEventLog.SCHOOL_TOPIC + "&record=overseas-training"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "topic=overseas.overseas-shcool, ?topic, topic-unknown",
        "record=overseas.overseas-school, ?record, record-unknown",
        "healed=yes, ?healed, flag",
        "limit=0, ?limit, integer",
        "limit=1001, ?limit, integer",
        "cursor=abc, ?cursor, cursor",
        "cursor=, ?cursor, empty-parameter",
        "state=open, ?state, unknown-parameter",
        "record=batch&record=year-close, ?record, repeated-parameter"
    })
    void a_question_that_makes_no_sense_is_refused_in_both_languages(String asked, String pointer, String rule) {
        getDeadLetters(asked)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors", hasSize(1))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].rule", equalTo(rule))
                .body("errors[0].detail", not(blankString()))
                .body("errors[0].detailZh", not(blankString()));
    }

    @Test
    void a_page_goes_on_with_the_filters_of_the_one_before_and_no_others() {
        sendUnreadable(TestEventLog.SCHOOL_TOPIC, schools);
        sendUnreadable(TestEventLog.SCHOOL_TOPIC, schools);
        awaitDeadLetters("record=overseas-school", schools);
        String next = getPage("limit=1&record=overseas-school").getString("next");

        getDeadLetters("limit=1&record=overseas-school&cursor=" + next).statusCode(200);
        for (String other : List.of("", "record=overseas-training&", "record=overseas-school&healed=false&")) {
            getDeadLetters(other + "cursor=" + next).statusCode(400).body("errors[0].rule", equalTo("cursor"));
        }
    }

    private static void sendUnreadable(String topic, List<String> keys) {
        String key = "12/S-" + UUID.randomUUID();
        TestEventLog.sendRaw(topic, key, "{\"broken".getBytes(StandardCharsets.UTF_8));
        keys.add(key);
    }

    private static void healKey(String school) {
        Receipt sent = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, school, 1, null);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .queryParam("receipt", sent.text())
                .get("/v1/indicators/overseas-schools/values")
                .then()
                .statusCode(200);
    }

    private static void awaitDeadLetters(String asked, List<String> keys) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(readKeys(asked)).containsAll(keys));
    }

    private static List<String> readKeys(String asked) {
        return getPage(asked).<Map<String, Object>>getList("items").stream()
                .map(item -> Objects.toString(item.get("key")))
                .toList();
    }

    private static JsonPath getPage(String asked) {
        return getDeadLetters(asked).statusCode(200).extract().jsonPath();
    }

    private static ValidatableResponse getDeadLetters(String asked) {
        return given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/dead-letters?" + asked)
                .then();
    }
}
