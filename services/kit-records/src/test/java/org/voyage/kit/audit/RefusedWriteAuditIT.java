package org.voyage.kit.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RefusedWriteAuditIT {
    private static final String PUT_DEED = "PUT /v1/deeds/{province}/{sourceId}";

    private static RequestSpecification withRequestId(RequestSpecification request, String requestId) {
        return request.urlEncodingEnabled(false)
                .header("X-Request-Id", requestId)
                .contentType("application/json")
                .body("{}");
    }

    /** Returns the entry of a request, found by its id. */
    private static Map<String, Object> findEntry(String requestId) {
        List<Map<String, Object>> found =
                AuditTrailClient.listAsAuditor("limit=20").<Map<String, Object>>getList("items").stream()
                        .filter(entry -> requestId.equals(entry.get("requestId")))
                        .toList();
        assertThat(found).as(requestId).hasSize(1);
        assertThat(found.getFirst()).containsEntry("action", "refused").containsEntry("outcome", "refused");
        return found.getFirst();
    }

    @Test
    void the_trail_has_the_rules_that_a_write_breaks_and_no_value() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, "{\"nmae\":\"E12345678\",\"size\":11}")
                .statusCode(422);
        Map<String, Object> entry =
                AuditTrailClient.listAsAuditor("object=" + id).getMap("items[0]");
        assertThat(entry).containsEntry("record", "deed").containsEntry("province", "12");
        assertThat(entry.get("details"))
                .isEqualTo(Map.of(
                        "operation",
                        PUT_DEED,
                        "status",
                        422,
                        "problem",
                        "invalid",
                        "rules",
                        List.of("integer", "required", "unknown-property")));
    }

    @Test
    void a_try_at_another_province_belongs_to_who_tried() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "32", id, "{\"name\":\"a\"}")
                .statusCode(404);
        assertThat(AuditTrailClient.listEntries(TestTokens.bureauToken("32"), "object=" + id)
                        .getList("items"))
                .isEmpty();
        assertThat(AuditTrailClient.listEntries(TestTokens.bureauToken("12"), "object=" + id)
                        .getMap("items[0]"))
                .containsEntry("province", "12")
                .containsEntry(
                        "details", Map.of("operation", PUT_DEED, "under", "32", "status", 404, "problem", "not-found"));
    }

    @Test
    void who_is_not_known_leaves_an_entry_too() {
        String none = AuditTrailClient.newSourceId();
        withRequestId(given(), none).put("/v1/deeds/12/a").then().statusCode(401);
        assertThat(findEntry(none)).containsEntry("actor", "anonymous").containsEntry("province", null);
        String bad = AuditTrailClient.newSourceId();
        withRequestId(AuditTrailClient.requestAs("not.a.token"), bad)
                .put("/v1/deeds/12/a")
                .then()
                .statusCode(401);
        assertThat(findEntry(bad)).containsEntry("actor", "anonymous");
    }

    @Test
    void what_no_resource_takes_leaves_an_entry_without_its_path() {
        RequestSpecification[] bureaus = {
            AuditTrailClient.requestAs(TestTokens.bureauToken("12")),
            AuditTrailClient.requestAs(TestTokens.bureauToken("12"))
        };
        String nowhere = AuditTrailClient.newSourceId();
        withRequestId(bureaus[0], nowhere).put("/v1/passports/E12345678").then().statusCode(404);
        assertThat(findEntry(nowhere)).containsEntry("actor", "bureau-12").containsEntry("object", null);
        assertThat(findEntry(nowhere).get("details"))
                .isEqualTo(Map.of("operation", "PUT", "status", 404, "problem", "not-found"));
        String method = AuditTrailClient.newSourceId();
        withRequestId(bureaus[1], method).post("/v1/deeds/12/a").then().statusCode(405);
        assertThat(findEntry(method).get("details"))
                .isEqualTo(Map.of("operation", "POST", "status", 405, "problem", "method-not-allowed"));
    }

    /** Any text in a path became the object of an entry, which cannot be erased. */
    @ParameterizedTest
    @ValueSource(strings = {"Somchai Jaidee", "张伟", "E12345678", "secret-reason", "ID 110101198711237738"})
    void a_text_in_a_path_that_is_no_key_stays_out_of_the_trail(String text) {
        String id = AuditTrailClient.newSourceId();
        withRequestId(AuditTrailClient.requestAs(TestTokens.bureauToken("12")), id)
                .urlEncodingEnabled(true)
                .put("/v1/deeds/12/" + text)
                .then()
                .statusCode(422);
        assertThat(findEntry(id)).containsEntry("object", null);
    }

    @Test
    void a_path_that_cannot_be_read_leaves_an_entry() {
        String id = AuditTrailClient.newSourceId();
        withRequestId(AuditTrailClient.requestAs(TestTokens.bureauToken("12")), id)
                .put("/v1/deeds/12/%00")
                .then()
                .statusCode(400);
        assertThat(findEntry(id)).containsEntry("actor", "bureau-12").containsEntry("province", "12");
        assertThat(findEntry(id).get("details"))
                .isEqualTo(Map.of("operation", "PUT", "status", 400, "problem", "malformed"));
    }

    @Test
    void reads_and_floods_leave_none() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.requestAs(TestTokens.bureauToken("12"))
                .delete("/v1/deeds/12/" + id)
                .then()
                .statusCode(429);
        AuditTrailClient.requestAs(TestTokens.bureauToken("12"))
                .get("/v1/deeds/32/" + id + "/person")
                .then()
                .statusCode(404);
        assertThat(AuditTrailClient.listAsAuditor("object=" + id).getList("items"))
                .isEmpty();
    }

    @Test
    void a_refusal_that_cannot_be_written_down_is_no_answer() throws SQLException {
        String id = AuditTrailClient.newSourceId();
        try (var connection = AuditTrailClient.connectAsSuperuser();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit_entry in access exclusive mode");
            AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, "{}")
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:voyage:problem:unavailable"))
                    .body("status", equalTo(503));
            withRequestId(AuditTrailClient.requestAs(TestTokens.bureauToken("12")), id)
                    .put("/v1/deeds/12/%00")
                    .then()
                    .statusCode(503);
            withRequestId(AuditTrailClient.requestAs(TestTokens.bureauToken("12")), id)
                    .post("/v1/deeds/12/a")
                    .then()
                    .statusCode(503);
        }
        assertThat(AuditTrailClient.listAsAuditor("object=" + id).getList("items"))
                .isEmpty();
    }
}
