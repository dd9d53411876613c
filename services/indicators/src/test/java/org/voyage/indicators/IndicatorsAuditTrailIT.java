package org.voyage.indicators;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the audit trail: it records each operator action on the figures with actor, time, address and request. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorsAuditTrailIT implements RunningServiceTest {

    private static final String PLACEMENT = "mobility.outbound-placement";

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(PLACEMENT));
    }

    @Test
    void the_trail_names_the_person_who_begins_a_proof() {
        Instant before = Instant.now();
        Response begun = beginWhenIdle("/v1/proofs");

        Map<String, Object> entry = awaitEntries(begun, 1).getFirst();

        assertThat(entry)
                .containsEntry("action", "proof-begun")
                .containsEntry("outcome", "done")
                .containsEntry("record", "proof")
                .containsEntry("object", idOf(begun))
                .containsEntry("actor", "operator")
                .containsEntry("address", "127.0.0.1");
        assertThat(Instant.parse(String.valueOf(entry.get("at"))))
                .isBetween(before.minusSeconds(5), Instant.now().plusSeconds(5));
    }

    @Test
    void the_trail_has_the_beginning_and_the_outcome_of_a_rebuild() {
        Response begun = beginWhenIdle("/v1/rebuilds");

        List<Map<String, Object>> entries = awaitEntries(begun, 2);

        assertThat(entries).extracting(entry -> entry.get("action")).containsExactly("rebuild-ended", "rebuild-begun");
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry)
                        .containsEntry("record", "rebuild")
                        .containsEntry("object", idOf(begun))
                        .containsEntry("actor", "operator"));
        assertThat(entries.getFirst().get("details"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry(
                        "state",
                        given().auth()
                                .oauth2(TestTokens.auditorToken())
                                .get(begun.header("Location"))
                                .jsonPath()
                                .getString("state"))
                .containsEntry("repaired", 0)
                .containsEntry("repairedVersions", 0);
    }

    /** No other test uses the year 1939. */
    @Test
    void the_trail_has_one_entry_for_a_release_and_none_for_an_empty_one() {
        Receipt receipt = TestEventLog.sendChange(PLACEMENT, "12/R-" + UUID.randomUUID(), 1, """
                {"college":"4112000001","hostCountry":"THA","hostOrganisation":"示例","purpose":"study",\
                "participants":140,"days":30,"startedOn":"1939-06-01"}""");
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/outbound-participants/values?period=1939&receipt=" + receipt.text())
                .then()
                .statusCode(200);
        Response made = given().auth().oauth2(TestTokens.operatorToken()).post("/v1/releases?allowUnlocked=true");
        Response again = given().auth().oauth2(TestTokens.operatorToken()).post("/v1/releases?allowUnlocked=true");

        Map<String, Object> entry = awaitEntries(made, 1).getFirst();

        assertThat(again.jsonPath().getMap("release")).isNull();
        assertThat(entry)
                .containsEntry("action", "figures-released")
                .containsEntry("record", "release")
                .containsEntry("object", made.jsonPath().getString("release.number"))
                .containsEntry("actor", "operator");
        assertThat(entry.get("details"))
                .isEqualTo(Map.of(
                        "sheets",
                        made.jsonPath().getInt("release.sheets"),
                        "kept",
                        made.jsonPath().getList("kept").size(),
                        "unlocked",
                        made.jsonPath().getInt("unlockedYears")));
        assertThat(findEntries(again)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"release,/v1/releases", "proof,/v1/proofs", "rebuild,/v1/rebuilds"})
    void the_trail_has_an_entry_for_a_refused_caller(String record, String path) {
        Response refused = given().auth().oauth2(TestTokens.bureauToken("12")).post(path);

        Map<String, Object> entry = awaitEntries(refused, 1).getFirst();

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(entry)
                .containsEntry("action", "refused")
                .containsEntry("outcome", "refused")
                .containsEntry("record", record)
                .containsEntry("actor", "bureau-12")
                .containsEntry("province", "12");
        assertThat(entry.get("details"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("operation", "POST " + path)
                .containsEntry("status", 403);
    }

    /** Starts an operation after the end of a running one. */
    private static Response beginWhenIdle(String path) {
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> given().auth().oauth2(TestTokens.operatorToken()).post(path),
                        answer -> answer.statusCode() == 202);
    }

    private static String idOf(Response begun) {
        String location = begun.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Returns the entries of the answered request, once their number is final. */
    private static List<Map<String, Object>> awaitEntries(Response answer, int number) {
        return await().atMost(Duration.ofSeconds(120))
                .until(() -> findEntries(answer), entries -> entries.size() == number);
    }

    private static List<Map<String, Object>> findEntries(Response answer) {
        return given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/audit?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.findAll { it.requestId == '" + answer.header("X-Request-Id") + "' }");
    }
}
