package org.voyage.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.access.Province;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class AuditApiIT {
    private static final String BODY = "{\"name\":\"a\"}";
    private static final Province TIANJIN = Province.of("12");

    @Inject
    @SuppressWarnings("NullAway.Init")
    AuditTrail audit;

    @Test
    void an_entry_of_a_change_has_person_time_address_and_request() {
        String id = AuditTrailClient.newSourceId();
        Instant before = Instant.now().minusSeconds(1);
        AuditTrailClient.requestAs(TestTokens.bureauToken("12"))
                .header("X-Request-Id", "r-" + id)
                .header("X-Forwarded-For", "203.0.113.7")
                .contentType("application/json")
                .body(BODY)
                .put("/v1/deeds/12/" + id)
                .then()
                .statusCode(204);
        JsonPath found = AuditTrailClient.listEntries(TestTokens.bureauToken("12"), "object=" + id);
        assertThat(found.getList("items")).hasSize(1);
        Map<String, Object> entry = found.getMap("items[0]");
        assertThat(entry)
                .containsEntry("action", "changed")
                .containsEntry("outcome", "done")
                .containsEntry("record", "deed")
                .containsEntry("province", "12")
                .containsEntry("actor", "bureau-12")
                .containsEntry("roles", List.of("bureau"))
                .containsEntry("requestId", "r-" + id)
                .containsEntry("details", Map.of("changes", Map.of("created", List.of(List.of("12/" + id, 1)))));
        assertThat(entry.get("address"))
                .as("a header that anybody can send is no address")
                .isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
        assertThat(Instant.parse(found.getString("items[0].at")))
                .isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void a_change_that_is_rolled_back_leaves_nothing() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, "{\"name\":\"fails\"}")
                .statusCode(500);
        assertThat(AuditTrailClient.listAsAuditor("object=" + id).getList("items"))
                .isEmpty();
    }

    @Test
    void nothing_is_appended_outside_a_transaction() {
        AuditEntry entry = AuditEntry.changed("deed", TIANJIN, "x", List.of()).withActor("somebody", "r1");
        assertThatIllegalStateException().isThrownBy(() -> audit.appendEntries(entry));
    }

    @Test
    void work_without_a_request_says_who_it_is_for() {
        String id = AuditTrailClient.newSourceId();
        AuditEntry entry = AuditEntry.changed("deed", TIANJIN, id, List.of());
        assertThatIllegalStateException().isThrownBy(() -> audit.appendInOwnTransaction(entry));
        QuarkusTransaction.requiringNew().run(() -> audit.appendEntries(entry.withActor("bureau-12", "r-" + id)));
        assertThat(AuditTrailClient.listAsAuditor("object=" + id).getMap("items[0]"))
                .containsEntry("actor", "bureau-12")
                .containsEntry("requestId", "r-" + id)
                .containsEntry("address", null);
    }

    @Test
    void a_privacy_officer_sees_reads_of_personal_data_and_no_other_entries() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, BODY).statusCode(204);
        AuditTrailClient.requestAs(TestTokens.auditorToken())
                .get("/v1/deeds/12/" + id + "/person")
                .then()
                .statusCode(200);
        JsonPath found = AuditTrailClient.listEntries(TestTokens.privacyOfficerToken(), "object=" + id);
        assertThat(found.getList("items.action")).containsExactly("personal-read");
        assertThat(found.getList("items.actor")).containsExactly("auditor");
        assertThat(AuditTrailClient.listEntries(TestTokens.privacyOfficerToken(), "action=changed")
                        .getList("items"))
                .isEmpty();
    }

    @Test
    void a_bureau_sees_what_is_its_provinces_only() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, BODY).statusCode(204);
        AuditTrailClient.putDeed(TestTokens.bureauToken("32"), "32", id, BODY).statusCode(204);
        assertThat(AuditTrailClient.listEntries(TestTokens.bureauToken("32"), "object=" + id)
                        .getList("items.province"))
                .containsExactly("32");
        assertThat(AuditTrailClient.listEntries(TestTokens.bureauToken("32"), "province=12")
                        .getList("items"))
                .isEmpty();
        Stream.of(TestTokens.operatorToken(), TestTokens.auditorToken())
                .forEach(token -> assertThat(AuditTrailClient.listEntries(token, "object=" + id)
                                .getList("items.province"))
                        .containsExactly("32", "12"));
    }

    @Test
    void others_read_no_trail_and_only_the_nation_verifies_it() {
        AuditTrailClient.requestAs(TestTokens.allianceToken("WFCP"))
                .get("/v1/audit")
                .then()
                .statusCode(403);
        Stream.of(TestTokens.allianceToken("WFCP"), TestTokens.bureauToken("12"), TestTokens.privacyOfficerToken())
                .forEach(token -> AuditTrailClient.requestAs(token)
                        .get("/v1/audit/verification")
                        .then()
                        .statusCode(403));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/audit?actors=x",
                "/v1/audit?province=99",
                "/v1/audit?from=yesterday",
                "/v1/audit?cursor=x",
                "/v1/audit/verification?from=0",
                "/v1/audit/verification?known=1:x"
            })
    void a_question_that_cannot_be_meant_is_refused(String question) {
        AuditTrailClient.requestAs(TestTokens.auditorToken())
                .get(question)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:voyage:problem:malformed"));
    }

    @Test
    void entries_are_found_by_what_was_done_by_whom_and_when() {
        String id = AuditTrailClient.newSourceId();
        AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, BODY).statusCode(204);
        AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, "{}").statusCode(422);
        String at = AuditTrailClient.listAsAuditor("object=" + id + "&action=changed")
                .getString("items[0].at");
        assertThat(List.of(
                        "action=changed",
                        "action=refused&actor=bureau-12",
                        "record=deed&to=" + at,
                        "from=" + at,
                        "record=thing",
                        "actor=bureau-32"))
                .map(filter -> AuditTrailClient.listAsAuditor("object=" + id + "&" + filter)
                        .<String>getList("items.action"))
                .containsExactly(
                        List.of("changed"),
                        List.of("refused"),
                        List.of(),
                        List.of("refused", "changed"),
                        List.of(),
                        List.of());
    }

    @Test
    void reading_on_from_page_to_page_misses_nothing_while_others_write() {
        String id = AuditTrailClient.newSourceId();
        List<Long> written = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, BODY)
                    .statusCode(204);
            written.addFirst(AuditTrailClient.listAsAuditor("object=" + id).getLong("items[0].position"));
        }
        List<Long> read = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page = AuditTrailClient.listAsAuditor("limit=10&object=" + id + next);
            read.addAll(page.getList("items.position", Long.class));
            next = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
            AuditTrailClient.putDeed(TestTokens.bureauToken("12"), "12", id, BODY)
                    .statusCode(204);
        }
        assertThat(read).isEqualTo(written);
    }
}
