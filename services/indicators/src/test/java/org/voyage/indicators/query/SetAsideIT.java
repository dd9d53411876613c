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
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class SetAsideIT implements Serving {

    private final List<String> schools = new ArrayList<>();
    private final List<String> trainings = new ArrayList<>();

    /** Other tests ask for figures of the same records, which would have a note. */
    @AfterEach
    void everythingHeals() {
        schools.forEach(SetAsideIT::heal);
        trainings.forEach(key -> EventLog.send(EventLog.TRAINING, key, 1, null));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(keys("healed=false&record=overseas-school")).noneMatch(schools::contains);
            assertThat(keys("healed=false&record=overseas-training")).noneMatch(trainings::contains);
        });
    }

    @Test
    void pages_show_each_event_once_and_the_newest_first() {
        for (int i = 0; i < 5; i++) {
            unreadable(EventLog.SCHOOL, schools);
        }
        untilSetAside("topic=" + EventLog.SCHOOL, schools);
        List<String> paged = new ArrayList<>();
        List<String> moments = new ArrayList<>();
        JsonPath page = page("limit=2&topic=" + EventLog.SCHOOL);
        // What is set aside meanwhile is newer than what was shown.
        unreadable(EventLog.SCHOOL, schools);
        untilSetAside("topic=" + EventLog.SCHOOL, schools);
        String late = schools.getLast();

        while (true) {
            assertThat(page.getList("items")).hasSizeLessThanOrEqualTo(2);
            paged.addAll(page.getList("items.key"));
            moments.addAll(page.getList("items.setAsideAt"));
            if (page.getString("next") == null) {
                break;
            }
            page = page("limit=2&topic=" + EventLog.SCHOOL + "&cursor=" + page.getString("next"));
        }

        assertThat(paged).containsAll(schools.subList(0, 5)).doesNotContain(late);
        assertThat(paged.stream().filter(schools::contains)).hasSize(5);
        assertThat(keys("limit=1000&topic=" + EventLog.SCHOOL)).contains(late).hasSize(paged.size() + 1);
        assertThat(moments)
                .isSortedAccordingTo(
                        Comparator.<String, Instant>comparing(Instant::parse).reversed());
    }

    @Test
    void they_are_asked_for_by_topic_by_record_and_by_whether_they_are_healed() {
        unreadable(EventLog.SCHOOL, schools);
        unreadable(EventLog.SCHOOL, schools);
        unreadable(EventLog.TRAINING, trainings);
        untilSetAside("limit=1000", schools);
        untilSetAside("limit=1000", trainings);

        heal(schools.getFirst());

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(keys("healed=true&record=overseas-school"))
                        .contains(schools.getFirst())
                        .doesNotContain(schools.getLast()));
        assertThat(keys("healed=false&topic=" + EventLog.SCHOOL))
                .contains(schools.getLast())
                .doesNotContain(schools.getFirst())
                .doesNotContainAnyElementsOf(trainings);
        assertThat(keys("healed=false&record=overseas-training"))
                .containsAll(trainings)
                .doesNotContainAnyElementsOf(schools);
        assertThat(keys("topic=" + EventLog.SCHOOL)).containsAll(schools).doesNotContainAnyElementsOf(trainings);
        assertThat(keys("topic=" + EventLog.SCHOOL + "&record=overseas-training"))
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
        ask(asked)
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
        unreadable(EventLog.SCHOOL, schools);
        unreadable(EventLog.SCHOOL, schools);
        untilSetAside("record=overseas-school", schools);
        String next = page("limit=1&record=overseas-school").getString("next");

        ask("limit=1&record=overseas-school&cursor=" + next).statusCode(200);
        for (String other : List.of("", "record=overseas-training&", "record=overseas-school&healed=false&")) {
            ask(other + "cursor=" + next).statusCode(400).body("errors[0].rule", equalTo("cursor"));
        }
    }

    private static void unreadable(String topic, List<String> keys) {
        String key = "12/S-" + UUID.randomUUID();
        EventLog.raw(topic, key, "{\"broken".getBytes(StandardCharsets.UTF_8));
        keys.add(key);
    }

    private static void heal(String school) {
        Receipt sent = EventLog.send(EventLog.SCHOOL, school, 1, null);
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .queryParam("receipt", sent.text())
                .get("/v1/indicators/overseas-schools/values")
                .then()
                .statusCode(200);
    }

    private static void untilSetAside(String asked, List<String> keys) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(keys(asked)).containsAll(keys));
    }

    private static List<String> keys(String asked) {
        return page(asked).<Map<String, Object>>getList("items").stream()
                .map(item -> Objects.toString(item.get("key")))
                .toList();
    }

    private static JsonPath page(String asked) {
        return ask(asked).statusCode(200).extract().jsonPath();
    }

    private static ValidatableResponse ask(String asked) {
        return given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/set-aside?" + asked)
                .then();
    }
}
