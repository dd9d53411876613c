package org.voyage.overseas.school;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.overseas.OverseasApi.as;
import static org.voyage.overseas.OverseasApi.bureau;
import static org.voyage.overseas.OverseasApi.events;
import static org.voyage.overseas.OverseasApi.fresh;
import static org.voyage.overseas.OverseasApi.openSchool;
import static org.voyage.overseas.OverseasApi.operator;
import static org.voyage.overseas.OverseasApi.put;
import static org.voyage.overseas.OverseasApi.school;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OverseasSchoolIT {

    private static final String TOPIC = "overseas.overseas-school";

    private final String id = fresh("LB");
    private final String path = "/v1/overseas-schools/12/" + id;

    @Test
    void a_new_school_is_answered_with_its_version_and_receipt_and_told_once() {
        put(path, openSchool())
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Voyage-Receipt", notNullValue())
                .body("version", equalTo(1))
                .body("record.name", equalTo("泰国鲁班工坊"))
                .body("record.openedOn", equalTo("2016-02-29"));

        JsonNode event = events(TOPIC, "12/" + id, 1).getFirst();
        assertThat(event.get("change").asText()).isEqualTo("created");
        assertThat(event.get("before").isNull()).isTrue();
        assertThat(event.at("/after/hostCountry").asText()).isEqualTo("THA");
        assertThat(event.at("/cause/actor").asText()).isEqualTo("bureau-12");
    }

    @Test
    void sending_the_same_again_changes_nothing_and_tells_nothing() {
        String receipt = put(path, openSchool()).header("Voyage-Receipt");
        String again = put(path, openSchool())
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .extract()
                .header("Voyage-Receipt");
        // A client whose answer was lost gets one that includes its write: this or a later position.
        assertThat(Receipt.parse(again)
                        .orElseThrow()
                        .and(Receipt.parse(receipt).orElseThrow())
                        .text())
                .isEqualTo(again);
        put(path, school("open", ",\"openedOn\":\"2016-03-01\""))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");

        List<JsonNode> events = events(TOPIC, "12/" + id, 2);
        assertThat(events).extracting(event -> event.get("version").asInt()).containsExactly(1, 2);
        assertThat(events.get(1).get("before")).isEqualTo(events.get(0).get("after"));
    }

    @Test
    void a_withdrawn_school_is_gone_from_the_list_keeps_its_history_and_can_come_back() {
        put(path, openSchool());
        bureau("12").delete(path + "?reason=重复登记").then().statusCode(200).body("version", equalTo(2));
        bureau("12").delete(path + "?reason=again").then().statusCode(200).body("version", equalTo(2));
        bureau("12")
                .get(path)
                .then()
                .statusCode(200)
                .body("withdrawn", equalTo(true))
                .body("reason", equalTo("重复登记"));
        put(path, school("planned", ""))
                .then()
                .statusCode(200)
                .body("version", equalTo(3))
                .body("reason", nullValue());

        bureau("12").get(path + "/history").then().body("items.version", equalTo(List.of(1, 2, 3)));
        List<JsonNode> events = events(TOPIC, "12/" + id, 3);
        assertThat(events)
                .extracting(event -> event.get("change").asText())
                .containsExactly("created", "withdrawn", "restored");
        assertThat(events.get(1).get("after").isNull()).isTrue();
        assertThat(events.get(2).get("before").isNull()).isTrue();
    }

    @Test
    void a_school_can_be_asked_for_as_it_was_known_before_the_correction() {
        String before = put(path, openSchool()).path("recordedAt");
        put(path, school("suspended", ",\"openedOn\":\"2016-02-29\""));

        bureau("12")
                .get(path + "?asOf=" + before)
                .then()
                .body("version", equalTo(1))
                .body("record.status", equalTo("open"));
        bureau("12").get(path + "?asOf=2001-01-01T00:00:00Z").then().statusCode(404);
    }

    @Test
    void the_lifecycle_leads_nowhere_from_closed() {
        put(path, openSchool());
        put(path, school("closed", ",\"openedOn\":\"2016-02-29\",\"closedOn\":\"2020-01-01\""))
                .then()
                .statusCode(200);
        put(path, openSchool())
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("/status"))
                .body("errors[0].rule", equalTo("lifecycle"))
                .body("errors[0].detailZh", notNullValue());
        bureau("12").get(path).then().body("version", equalTo(2));
    }

    @Test
    void every_wrong_field_is_named_in_one_answer_and_nothing_is_stored() {
        put(path, """
                {"name":" ","brand":"luban","tier":"workshop","form":"branch","hostCountry":"ROC","status":"open",
                 "foundingColleges":["12"],"openedOn":"2015-02-29","hostcity":"x"}""")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/name"))
                .body("errors.pointer", hasItem("/brand"))
                .body("errors.pointer", hasItem("/hostCountry"))
                .body("errors.pointer", hasItem("/foundingColleges/0"))
                .body("errors.pointer", hasItem("/openedOn"))
                .body("errors.pointer", hasItem("/hostcity"));
        bureau("12").get(path).then().statusCode(404);
    }

    @Test
    void another_provinces_school_is_as_absent_as_one_that_never_was() {
        put(path, openSchool());
        String other = bureau("31").get(path).then().statusCode(404).extract().path("detail");
        String absent = bureau("31")
                .get("/v1/overseas-schools/31/" + id)
                .then()
                .statusCode(404)
                .extract()
                .path("detail");
        assertThat(other).isEqualTo(absent);
        bureau("31").body(openSchool()).put(path).then().statusCode(404);
        operator().get(path).then().statusCode(200);
        operator()
                .contentType("application/json")
                .body(openSchool())
                .put(path)
                .then()
                .statusCode(403);
    }

    @Test
    void conditions_keep_one_writer_from_overwriting_the_other() {
        bureau("12")
                .header("If-None-Match", "*")
                .body(openSchool())
                .put(path)
                .then()
                .statusCode(201);
        bureau("12")
                .header("If-None-Match", "*")
                .body(openSchool())
                .put(path)
                .then()
                .statusCode(412);
        String next = school("suspended", ",\"openedOn\":\"2016-02-29\"");
        bureau("12").header("If-Match", "\"1\"").body(next).put(path).then().statusCode(200);
        bureau("12")
                .header("If-Match", "\"1\"")
                .body(openSchool())
                .put(path)
                .then()
                .statusCode(412);
        bureau("12").header("If-None-Match", "\"2\"").get(path).then().statusCode(304);
    }

    @Test
    void two_writers_of_one_new_school_leave_gapless_versions_in_the_topic() throws Exception {
        int writers = 16;
        List<Callable<Response>> sends = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            String body = school("open", ",\"openedOn\":\"2016-03-%02d\"".formatted(i + 1));
            sends.add(() -> put(path, body));
        }
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (Future<Response> answer : pool.invokeAll(sends)) {
                assertThat(answer.get().statusCode()).isIn(200, 201);
            }
        }
        List<JsonNode> events = events(TOPIC, "12/" + id, writers);
        assertThat(events).hasSize(writers);
        for (int i = 0; i < writers; i++) {
            assertThat(events.get(i).get("version").asInt()).isEqualTo(i + 1);
            if (i > 0) {
                assertThat(events.get(i).get("before"))
                        .isEqualTo(events.get(i - 1).get("after"));
            }
        }
    }

    @Test
    void pages_hold_every_school_once_and_what_changed_later_includes_the_withdrawn() {
        String first = put(path, openSchool()).path("recordedAt");
        for (int i = 0; i < 4; i++) {
            put(path + "-" + i, openSchool());
        }
        bureau("12").delete(path + "-0?reason=x");
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Response page = bureau("12").get("/v1/overseas-schools?limit=2&updatedAfter=" + first + cursor);
            page.then().statusCode(200);
            seen.addAll(page.path("items.sourceId"));
            String next = page.path("next");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        assertThat(seen.stream().filter(source -> source.startsWith(id)))
                .containsExactlyInAnyOrder(id + "-0", id + "-1", id + "-2", id + "-3");
        bureau("12").get("/v1/overseas-schools?cursor=bm8").then().statusCode(400);
        bureau("12").get("/v1/overseas-schools?statuss=open").then().statusCode(400);
    }

    @Test
    void without_a_token_there_is_a_problem_and_no_school() {
        io.restassured.RestAssured.given().get(path).then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void a_change_leaves_an_entry_in_the_audit_trail_and_what_changed_nothing_leaves_none() {
        String sourceId = fresh("AUD");
        String path = "/v1/overseas-schools/12/" + sourceId;
        put(path, openSchool()).then().statusCode(201);
        put(path, openSchool()).then().statusCode(200);

        as("auditor")
                .get("/v1/audit?object=" + sourceId)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].action", equalTo("changed"))
                .body("items[0].record", equalTo("overseas-school"))
                .body("items[0].actor", equalTo("bureau-12"));
    }
}
