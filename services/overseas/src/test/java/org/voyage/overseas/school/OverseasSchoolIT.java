package org.voyage.overseas.school;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.overseas.OverseasBodies.as;
import static org.voyage.overseas.OverseasBodies.awaitEvents;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;
import static org.voyage.overseas.OverseasBodies.school;

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
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OverseasSchoolIT extends RecordConventions {

    private static final String TOPIC = "overseas.overseas-school";

    private final String id = newSourceId("LB");
    private final String path = "/v1/overseas-schools/12/" + id;

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "overseas",
                "overseas-school",
                "overseas-schools",
                openSchool(),
                openSchool().replace("2016-02-29", "2016-03-01"),
                """
                {"name":" ","brand":"luban","tier":"workshop","form":"branch","hostCountry":"ROC","status":"open",
                 "foundingColleges":["12"],"openedOn":"2015-02-29","hostcity":"x"}""",
                List.of("/name", "/brand", "/hostCountry", "/foundingColleges/0", "/openedOn", "/hostcity"),
                "name,nameEn,brand,tier,form,hostCountry,hostCity,foundingColleges,foreignPartners,majors,status,openedOn",
                "泰国鲁班工坊,Luban Workshop Thailand,luban-workshop,workshop,training-centre,THA,大城,4112012345,"
                        + "大城技术学院:THA,460301,open,2016-02-29");
    }

    @Test
    void a_luban_workshop_without_a_host_country_is_refused_by_a_rule_that_says_so() {
        put(path, openSchool().replace("\"hostCountry\":\"THA\",", ""))
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/hostCountry")))
                .body("errors.rule", equalTo(List.of("host-country-required")))
                .body("errors[0].detailZh", containsString("鲁班工坊"));
        bureau("12")
                .get("/v1/rules/host-country-required")
                .then()
                .statusCode(200)
                .body("holds.en", containsString("host country"));
    }

    @Test
    void a_repeated_write_changes_nothing_and_publishes_nothing() {
        String receipt = put(path, openSchool()).header("Voyage-Receipt");
        String again = put(path, openSchool())
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .extract()
                .header("Voyage-Receipt");
        // A client whose answer was lost gets a receipt that includes its write: this position or a later one.
        assertThat(Receipt.parse(again)
                        .orElseThrow()
                        .plus(Receipt.parse(receipt).orElseThrow())
                        .text())
                .isEqualTo(again);
        put(path, school("open", ",\"openedOn\":\"2016-03-01\""))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");

        List<JsonNode> events = awaitEvents(TOPIC, "12/" + id, 2);
        assertThat(events).extracting(event -> event.get("version").asInt()).containsExactly(1, 2);
        assertThat(events.get(1).get("before")).isEqualTo(events.get(0).get("after"));
    }

    @Test
    void a_withdrawal_sent_again_changes_nothing_and_the_school_comes_back_as_it_is_sent() {
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
        List<JsonNode> events = awaitEvents(TOPIC, "12/" + id, 3);
        assertThat(events)
                .extracting(event -> event.get("change").asText())
                .containsExactly("created", "withdrawn", "restored");
        assertThat(events.get(1).get("after").isNull()).isTrue();
        assertThat(events.get(2).get("before").isNull()).isTrue();
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
                .body("errors[0].detailZh", equalTo("境外办学机构的状态不能从“关闭”变为“运行”。"));
        bureau("12").get(path).then().body("version", equalTo(2));
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
        List<JsonNode> events = awaitEvents(TOPIC, "12/" + id, writers);
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
        String sourceId = newSourceId("AUD");
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
