package org.voyage.mobility;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApiClient;

/** Integration test of each of the four record types, in addition to the tests that all services share. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RecordsIT {

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
    void the_list_is_filtered_and_returns_recent_changes(MobilityRecord its) {
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
    void a_college_of_another_province_is_stored_and_warned_of(MobilityRecord its) {
        put(its.freshPath("32"), its.body)
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("college-elsewhere")))
                .body("warnings[0].pointer", equalTo("/college"))
                .body("warnings[0].detail", containsString("\"4112012345\" is a college of province 12"))
                .body("warnings[0].detailZh", containsString("省份 12 的院校"));
        RecordApiClient.sendFile(
                        "32", its.collection() + "/batches", "application/x-ndjson", row(newSourceId("C"), its.body))
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(1))
                .body("warnings.rule", equalTo(List.of("college-elsewhere")));
    }

    @ParameterizedTest
    @EnumSource
    void a_college_of_its_own_is_not_warned_of_nor_one_of_the_corps_that_carries_65(MobilityRecord its) {
        put(its.freshPath("12"), its.body).then().statusCode(201).body("warnings", nullValue());
        for (String own : List.of("4165", "4166")) {
            put(its.freshPath("66"), its.body.replace("4112", own))
                    .then()
                    .statusCode(201)
                    .body("warnings", nullValue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_template_can_be_had_and_a_file_is_taken_row_by_row(MobilityRecord its) {
        bureau("45").get(its.collection() + "/template.xlsx").then().statusCode(200);
        String id = newSourceId("F");
        String rows = row(id + "-1", its.body) + row(id + "-2", its.wrong) + row(id + "-3", its.corrected);
        RecordApiClient.sendFile("45", its.collection() + "/batches?dryRun=true", "application/x-ndjson", rows)
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(1));
        bureau("45").get(its.collection() + "/45/" + id + "-1").then().statusCode(404);
        RecordApiClient.sendFile("45", its.collection() + "/batches", "application/x-ndjson", rows)
                .then()
                .statusCode(200)
                .header("Voyage-Receipt", notNullValue())
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(1));
        RecordApiClient.sendFile("45", its.collection() + "/batches", "application/x-ndjson", rows)
                .then()
                .body("counts.unchanged", equalTo(2))
                .body("counts.refused", equalTo(1));
        RecordApiClient.sendFile(
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
