package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.operator;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.overseas.OverseasBodies.openSchool;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** Integration test of audit entries for actions that no record shows. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OverseasAuditTrailIT {

    private final String school = newSourceId("S");
    private final String id = newSourceId("H");
    private final String path = "/v1/overseas-headcounts/37/" + id;

    private static String headcount(String school, int students) {
        return "{\"school\":\"%s\",\"year\":2023,\"major\":\"460301\",\"students\":%d}".formatted(school, students);
    }

    private static List<Map<String, Object>> listEntries(String query) {
        return as("auditor")
                .get("/v1/audit?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    private List<String> listActions() {
        return as("auditor").get("/v1/audit?object=" + id).path("items.action");
    }

    @Test
    void a_row_that_is_parked_replaced_and_taken_back_leaves_an_entry_for_each_and_none_when_it_is_said_again() {
        put(path, headcount(school, 40)).then().statusCode(202);
        put(path, headcount(school, 40)).then().statusCode(202);
        put(path, headcount(school, 41)).then().statusCode(202);
        put(path, headcount(school, 41)).then().statusCode(202);
        bureau("37").delete(path + "?reason=x").then().statusCode(204);

        assertThat(listActions()).containsExactly("unparked", "parked", "parked");
        assertThat(listEntries("object=" + id).getFirst())
                .containsEntry("record", "overseas-headcount")
                .containsEntry("province", "37")
                .containsEntry("actor", "bureau-37")
                .containsEntry("details", Map.of("keys", List.of("37/" + id)));
    }

    @Test
    void the_trail_has_a_row_applied_with_its_school_as_a_change_by_the_request_of_the_school() {
        String request = newSourceId("R");
        put(path, headcount(school, 40)).then().statusCode(202);
        bureau("37")
                .header("X-Request-Id", request)
                .body(openSchool())
                .put("/v1/overseas-schools/37/" + school)
                .then()
                .statusCode(201);

        assertThat(listActions()).containsExactly("changed", "parked");
        assertThat(listEntries("object=" + id).getFirst())
                .containsEntry("actor", "bureau-37")
                .containsEntry("requestId", request);
    }

    @Test
    void a_newer_word_that_changes_nothing_and_takes_back_what_waits_leaves_an_entry() {
        put("/v1/overseas-schools/37/" + school, openSchool());
        put(path, headcount(school, 10)).then().statusCode(201);
        put(path, headcount(newSourceId("LATE"), 77)).then().statusCode(202);
        put(path, headcount(school, 10)).then().statusCode(200);

        assertThat(listActions()).containsExactly("unparked", "parked", "changed");
    }

    @Test
    void a_file_whose_rows_wait_leaves_one_entry_and_a_dry_run_none() {
        String rows = "sourceId,school,year,major,students\r\n%s,%s,2023,460301,1\r\n%s-2,%s,2023,460301,2\r\n"
                .formatted(id, school, id, school);
        String dry = sendFile("?dryRun=true", rows, "").path("id");
        String batch = sendFile("", rows, "").path("id");
        String again = sendFile("", rows, "").path("id");

        assertThat(listEntries("object=" + batch))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("action", "parked")
                        .containsEntry("details", Map.of("keys", List.of("37/" + id, "37/" + id + "-2"))));
        assertThat(listEntries("object=" + dry)).isEmpty();
        assertThat(listEntries("object=" + again)).isEmpty();
    }

    private static Response sendFile(String query, String rows, String prefer) {
        return bureau("37")
                .contentType("text/csv")
                .header("Prefer", prefer)
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-headcounts/batches" + query);
    }

    @Test
    void a_file_refused_in_the_background_leaves_one_entry_and_an_answered_refusal_no_second() {
        String wrong = "sourceId,school,year,major,students,skool\r\nA,b,2023,460301,1,x\r\n";
        String later = sendFile("", wrong, "respond-async")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(listEntries("object=" + later))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry)
                                .containsEntry("action", "refused")
                                .containsEntry("outcome", "refused")
                                .containsEntry("actor", "bureau-37")
                                .containsEntry(
                                        "details",
                                        Map.of(
                                                "status",
                                                422,
                                                "problem",
                                                "invalid",
                                                "rules",
                                                List.of("column-unknown")))));

        String request = newSourceId("R");
        bureau("37")
                .header("X-Request-Id", request)
                .contentType("text/csv")
                .body(wrong.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-headcounts/batches")
                .then()
                .statusCode(422);
        assertThat(listEntries("action=refused&limit=50").stream()
                        .filter(entry -> request.equals(entry.get("requestId"))))
                .hasSize(1);
    }

    @Test
    void a_republication_leaves_an_entry_with_the_number_of_republished_events() {
        put("/v1/overseas-schools/37/" + school, openSchool()).then().statusCode(201);
        int events = operator()
                .post("/v1/republications/overseas-school")
                .then()
                .statusCode(200)
                .extract()
                .path("events");

        Map<String, Object> newest =
                listEntries("action=republished&record=overseas-school").getFirst();
        assertThat(newest)
                .containsEntry("actor", "operator")
                .containsEntry("province", null)
                .as("of the last transaction, which tells up to 1,000 again")
                .containsEntry("details", Map.of("events", (events - 1) % 1_000 + 1));
    }
}
