package org.voyage.indicators.feature.verification.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.awaitHeld;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.newKey;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.openSchool;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.schoolJson;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.cube.LiveFigureTampering;
import org.voyage.indicators.feature.verification.compare.FiguresSnapshot;
import org.voyage.indicators.feature.verification.rebuild.CandidateVerifier;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ProofResourceIT implements RunningServiceTest {

    private static final String SCHOOLS = "overseas-schools";

    @Inject
    LiveFigures live;

    @Inject
    DataSource database;

    @Inject
    ProofStore store;

    @Inject
    CandidateVerifier candidates;

    @Test
    void corrected_withdrawn_repeated_late_and_unreadable_events_are_proved() {
        String key = newKey();
        TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, newKey(), 1, TestEventLog.headcountJson(key.substring(3), 2023, 17));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, schoolJson("TUV"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, schoolJson("NRU"));
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, schoolJson("NRU"));
        TestEventLog.sendRaw(TestEventLog.SCHOOL_TOPIC, key, "no event".getBytes(StandardCharsets.UTF_8));
        String gone = newKey();
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, gone, 1, schoolJson("TUV"));
        awaitHeld(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, gone, 2, null));

        JsonPath certificate = ProofRequests.runProof();
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 3, schoolJson("TUV"));

        assertThat(certificate.getString("proof.verdict"))
                .as(certificate.prettify())
                .isEqualTo("proved");
        assertThat(certificate.getLong("proof.cells")).isGreaterThan(4);
        assertThat(certificate.getInt("proof.figures")).isGreaterThan(40);
        assertThat(certificate.getInt("proof.derivedFigures")).isGreaterThan(20);
        assertThat(certificate.getLong("proof.derivedValues")).isGreaterThan(100);
        assertThat(certificate.getLong("proof.derivedDifferences")).isZero();
        assertThat(certificate.getString("proof.derivedHash")).matches("[0-9a-f]{64}");
        assertThat(certificate.getList("derived")).isEmpty();
        assertThat(certificate.getMap("catalogue")).containsKeys(SCHOOLS, "overseas-schools-share");
        assertThat(certificate.getString("proof.hash")).matches("[0-9a-f]{64}");
        assertThat(certificate.getBoolean("proof.intact")).isTrue();
        assertThat(certificate.getString("proof.by")).isEqualTo("operator");
        assertThat(certificate.getList("items")).isEmpty();
        assertThat(ProofRequests.listProofs().getString("items[0].id")).isEqualTo(certificate.getString("proof.id"));
    }

    @Test
    void a_candidate_that_is_refused_raises_no_alarm_and_what_serves_is_proved_at_once() throws Exception {
        String key = openSchool("KNA");
        ProofRequests.runProof();
        LiveFigureTampering.addAmount(live, SCHOOLS, key, 5);
        FiguresSnapshot wrong = FiguresSnapshot.capture(live);
        LiveFigureTampering.addAmount(live, SCHOOLS, key, -5);
        CandidateVerifier.CandidateVerdict verdict =
                candidates.verifyCandidate(wrong, null, FiguresSnapshot.capture(live), "operator");
        assertThat(verdict.isProved()).isFalse();

        candidates.storeRefused(verdict.proof());
        Optional<ProofStore.SealedCertificate> decided = store.findNewestDecided();

        String id = verdict.proof().id().toString();
        assertThat(ProofRequests.listProofs().getBoolean("alarm")).isFalse();
        JsonPath certificate = ProofRequests.getCertificate("/v1/proofs/" + id);
        assertThat(ProofRequests.differencesOf(certificate, SCHOOLS)).hasSize(1);
        assertThat(certificate.getBoolean("proof.candidate")).isTrue();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonPath list = ProofRequests.listProofs();
            assertThat(list.getString("items[0].verdict")).isEqualTo("proved");
            assertThat(list.getBoolean("items[0].candidate")).isFalse();
            assertThat(list.getString("items[1].id")).isEqualTo(id);
        });
        assertThat(decided.orElseThrow().certificate().candidate())
                .as("what a start goes on from")
                .isFalse();
    }

    @Test
    void a_certificate_cannot_be_changed_unseen() throws SQLException {
        JsonPath certificate = ProofRequests.runProof();
        String id = certificate.getString("proof.id");
        String change =
                "update proof set content = replace(content, '\"proved\"', '\"differs\"') where id = '" + id + "'";
        assertThatThrownBy(() -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.executeUpdate(change);
                    }
                })
                .hasMessageContaining("permission denied");

        runAsSuperuser(change);

        assertThat(ProofRequests.getCertificate("/v1/proofs/" + id).getBoolean("proof.intact"))
                .isFalse();
        runAsSuperuser(
                "update proof set content = replace(content, '\"differs\"', '\"proved\"') where id = '" + id + "'");
        assertThat(ProofRequests.getCertificate("/v1/proofs/" + id).getBoolean("proof.intact"))
                .isTrue();
    }

    /** Before 0.3 a certificate named the roll-ups that it had compared. */
    @Test
    void a_certificate_with_fields_of_an_earlier_release_is_read_and_stays_intact() throws SQLException {
        String id = ProofRequests.runProof().getString("proof.id");
        String content = "regexp_replace(content, '}$',"
                + " ',\"rollUps\":{\"compared\":4,\"cells\":1730,\"differing\":0,\"differences\":[]}}')";
        runAsSuperuser("update proof set content = " + content + " where id = '" + id + "'");
        assertThat(ProofRequests.getCertificate("/v1/proofs/" + id).getBoolean("proof.intact"))
                .isFalse();

        runAsSuperuser("update proof set seal = sha256(coalesce((select seal from proof before"
                + " where before.number = proof.number - 1), decode(repeat('00', 32), 'hex'))"
                + " || convert_to(content, 'UTF8')) where id = '" + id + "'");

        JsonPath certificate = ProofRequests.getCertificate("/v1/proofs/" + id);
        assertThat(certificate.getBoolean("proof.intact")).isTrue();
        assertThat(certificate.getString("proof.verdict")).isEqualTo("proved");
    }

    @Test
    void pages_lead_from_the_newest_to_the_first() {
        ProofRequests.runProof();
        ProofRequests.runProof();

        JsonPath first = ProofRequests.getCertificate("/v1/proofs?limit=1");
        JsonPath second = ProofRequests.getCertificate("/v1/proofs?limit=1&cursor=" + first.getString("next"));

        assertThat(first.getLong("items[0].number") - second.getLong("items[0].number"))
                .isEqualTo(1);
    }

    @Test
    void a_bureau_reads_the_newest_verdict_and_an_alliance_does_not() {
        JsonPath certificate = ProofRequests.runProof();

        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/proofs/newest")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("proved"))
                .body("finishedAt", equalTo(certificate.getString("proof.finishedAt")))
                .body("differences", equalTo(0))
                .body("size()", equalTo(3));
        given().auth()
                .oauth2(TestTokens.allianceToken("WFCP"))
                .get("/v1/proofs/newest")
                .then()
                .statusCode(403);
    }

    @Test
    void operators_begin_auditors_read_and_others_see_nothing() {
        for (String who : List.of(TestTokens.bureauToken("12"), TestTokens.allianceToken("WFCP"))) {
            given().auth().oauth2(who).get("/v1/proofs").then().statusCode(403);
            given().auth()
                    .oauth2(who)
                    .get("/v1/proofs/" + UUID.randomUUID())
                    .then()
                    .statusCode(403);
            given().auth().oauth2(who).post("/v1/proofs").then().statusCode(403);
        }
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .post("/v1/proofs")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/proofs/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/proofs/x")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/proofs?cursor=x")
                .then()
                .statusCode(400)
                .body("errors[0].rule", equalTo("cursor"));
        given().get("/v1/proofs").then().statusCode(401);
        given().post("/v1/proofs").then().statusCode(401);
    }

    private static void runAsSuperuser(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        TestServers.jdbcUrl("indicators"), "postgres", TestServers.passwordOf("postgres"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
