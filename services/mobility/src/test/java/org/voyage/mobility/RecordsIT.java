package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.voyage.kittest.RecordApi.as;
import static org.voyage.kittest.RecordApi.assertFit;
import static org.voyage.kittest.RecordApi.bureau;
import static org.voyage.kittest.RecordApi.events;
import static org.voyage.kittest.RecordApi.fresh;
import static org.voyage.kittest.RecordApi.put;
import static org.voyage.kittest.RecordApi.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApi;

/** What holds for each of the four records. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RecordsIT {

    private static String key(String path) {
        return path.substring(path.indexOf("/", 4) + 1);
    }

    @ParameterizedTest
    @EnumSource
    void a_record_is_created_corrected_withdrawn_and_restored_and_each_step_is_told_by_the_contract(
            MobilityRecord its) {
        String path = its.freshPath("45");
        put(path, its.body).then().statusCode(201).header("ETag", "\"1\"").header("Voyage-Receipt", notNullValue());
        put(path, its.body).then().statusCode(200).header("ETag", "\"1\"");
        put(path, its.corrected).then().statusCode(200).header("ETag", "\"2\"");
        bureau("45").delete(path + "?reason=重复").then().statusCode(200).body("withdrawn", equalTo(true));
        put(path, its.body).then().statusCode(200).body("version", equalTo(4));
        as("operator").post("/v1/republications/" + its.record).then().statusCode(200);

        List<ConsumerRecord<String, byte[]>> told = records(its.topic(), key(path), 5);
        assertFit(its.record, told);
        List<JsonNode> events =
                told.stream().map(event -> RecordApi.json(event.value())).toList();
        assertThat(events)
                .extracting(event -> event.get("change").asText())
                .containsExactly("created", "corrected", "withdrawn", "restored", "republished");
        assertThat(events.get(1).get("before")).isEqualTo(events.get(0).get("after"));
        assertThat(events.get(0).get("after"))
                .isEqualTo(RecordApi.json(its.body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void what_was_known_before_can_be_asked_for(MobilityRecord its) {
        String path = its.freshPath("45");
        String before = put(path, its.body).path("recordedAt");
        put(path, its.corrected);
        bureau("45").get(path + "?asOf=" + before).then().body("version", equalTo(1));
        bureau("45").get(path + "?asOf=2001-01-01T00:00:00Z").then().statusCode(404);
        bureau("45").get(path + "/history").then().body("items.version", equalTo(List.of(1, 2)));
    }

    @ParameterizedTest
    @EnumSource
    void a_condition_that_does_not_hold_changes_nothing(MobilityRecord its) {
        String path = its.freshPath("45");
        put(path, its.body);
        bureau("45")
                .header("If-Match", "\"9\"")
                .body(its.corrected)
                .put(path)
                .then()
                .statusCode(412);
        bureau("45")
                .header("If-None-Match", "*")
                .body(its.corrected)
                .put(path)
                .then()
                .statusCode(412);
        bureau("45").header("If-None-Match", "\"1\"").get(path).then().statusCode(304);
        bureau("45").get(path).then().body("version", equalTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void everything_that_is_wrong_is_said_at_once(MobilityRecord its) {
        String path = its.freshPath("45");
        put(path, its.wrong)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", containsInAnyOrder(its.pointers.toArray()));
        bureau("45").get(path).then().statusCode(404);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_another_provinces_is_not_there(MobilityRecord its) {
        String path = its.freshPath("45");
        put(path, its.body);
        bureau("46").get(path).then().statusCode(404);
        bureau("46").get(path + "/history").then().statusCode(404);
        bureau("46").body(its.corrected).put(path).then().statusCode(404);
        bureau("46").delete(path + "?reason=x").then().statusCode(404);
        as("operator").get(path).then().statusCode(200);
        as("alliance-WFCP").get(path).then().statusCode(403);
    }

    @ParameterizedTest
    @EnumSource
    void the_list_is_filtered_and_tells_what_changed(MobilityRecord its) {
        String path = its.freshPath("53");
        String id = path.substring(path.lastIndexOf('/') + 1);
        String college = "41530%05d".formatted(Math.floorMod(id.hashCode(), 100_000));
        String before = put(its.freshPath("53"), its.body).path("recordedAt");
        put(path, its.body.replace("4112012345", college));
        String list = its.collection() + "?college=" + college + "&" + its.filter;
        bureau("53").get(list).then().statusCode(200).body("items.sourceId", equalTo(List.of(id)));
        bureau("54").get(list).then().statusCode(200).body("items.sourceId", not(hasItem(id)));
        for (String never : List.of("startedFrom=2024-03-01", "startedUntil=2020-02-28")) {
            bureau("53")
                    .get(its.collection() + "?college=" + college + "&" + never)
                    .then()
                    .statusCode(200)
                    .body("items.sourceId", equalTo(List.of()));
        }
        bureau("53")
                .get(its.collection() + "?startedFrom=2021-02-29")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("?startedFrom"));
        bureau("53")
                .get(its.collection() + "?limit=1000&updatedAfter=" + before)
                .then()
                .statusCode(200)
                .body("items.sourceId", hasItem(id));
        bureau("53").get(its.collection() + "?colour=red").then().statusCode(400);
    }

    @ParameterizedTest
    @EnumSource
    void a_record_goes_on_under_another_key(MobilityRecord its) {
        String path = its.freshPath("45");
        String to = fresh("NEW");
        put(path, its.body);
        bureau("45")
                .body("{\"sourceId\":\"%s\",\"reason\":\"编号有误\"}".formatted(to))
                .post(path + "/rename")
                .then()
                .statusCode(200);
        bureau("45").redirects().follow(false).get(path).then().statusCode(308);
        bureau("45").get(its.collection() + "/45/" + to).then().statusCode(200).body("version", equalTo(1));
        List<JsonNode> left = events(its.topic(), key(path), 2);
        assertThat(left.get(1).get("movedTo").asText()).isEqualTo("45/" + to);
        assertFit(its.record, records(its.topic(), key(path), 2));
    }

    @ParameterizedTest
    @EnumSource
    void a_template_can_be_had_and_a_file_is_taken_row_by_row(MobilityRecord its) {
        bureau("45").get(its.collection() + "/template.xlsx").then().statusCode(200);
        String id = fresh("F");
        String rows = row(id + "-1", its.body) + row(id + "-2", its.wrong) + row(id + "-3", its.corrected);
        RecordApi.file("45", its.collection() + "/batches?dryRun=true", "application/x-ndjson", rows)
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(1));
        bureau("45").get(its.collection() + "/45/" + id + "-1").then().statusCode(404);
        RecordApi.file("45", its.collection() + "/batches", "application/x-ndjson", rows)
                .then()
                .statusCode(200)
                .header("Voyage-Receipt", notNullValue())
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(1));
        RecordApi.file("45", its.collection() + "/batches", "application/x-ndjson", rows)
                .then()
                .body("counts.unchanged", equalTo(2))
                .body("counts.refused", equalTo(1));
        RecordApi.file(
                        "45",
                        its.collection() + "/batches?mode=all",
                        "application/x-ndjson",
                        row(id + "-4", its.body) + row(id + "-5", its.wrong))
                .then()
                .statusCode(422);
        bureau("45").get(its.collection() + "/45/" + id + "-4").then().statusCode(404);
    }

    private static String row(String id, String body) {
        return body.replaceAll("\\s*\\n\\s*", "").replaceFirst("\\{", "{\"sourceId\":\"" + id + "\",") + "\n";
    }
}
