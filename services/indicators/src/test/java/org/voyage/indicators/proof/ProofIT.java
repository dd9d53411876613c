package org.voyage.indicators.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.indicators.proof.Proving.held;
import static org.voyage.indicators.proof.Proving.newKey;
import static org.voyage.indicators.proof.Proving.opened;
import static org.voyage.indicators.proof.Proving.school;

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
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Tampering;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ProofIT implements Serving {

    private static final String SCHOOLS = "overseas-schools";

    @Inject
    LiveFigures live;

    @Inject
    DataSource database;

    @Inject
    ProofStore store;

    @Inject
    Candidates candidates;

    @Test
    void corrected_withdrawn_repeated_late_and_unreadable_events_are_proved() {
        String key = newKey();
        EventLog.send(EventLog.HEADCOUNT, newKey(), 1, EventLog.headcount(key.substring(3), 2023, 17));
        EventLog.send(EventLog.SCHOOL, key, 2, school("TUV"));
        EventLog.send(EventLog.SCHOOL, key, 2, school("NRU"));
        EventLog.send(EventLog.SCHOOL, key, 1, school("NRU"));
        EventLog.raw(EventLog.SCHOOL, key, "no event".getBytes(StandardCharsets.UTF_8));
        String gone = newKey();
        EventLog.send(EventLog.SCHOOL, gone, 1, school("TUV"));
        held(EventLog.send(EventLog.SCHOOL, gone, 2, null));

        JsonPath certificate = Proving.prove();
        EventLog.send(EventLog.SCHOOL, key, 3, school("TUV"));

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
        assertThat(Proving.list().getString("items[0].id")).isEqualTo(certificate.getString("proof.id"));
    }

    @Test
    void a_candidate_that_is_refused_raises_no_alarm_and_what_serves_is_proved_at_once() throws Exception {
        String key = opened("KNA");
        Proving.prove();
        Tampering.add(live, SCHOOLS, key, 5);
        Frozen wrong = Frozen.of(live);
        Tampering.add(live, SCHOOLS, key, -5);
        Candidates.Verdict verdict = candidates.verify(wrong, null, Frozen.of(live), "operator");
        assertThat(verdict.proved()).isFalse();

        candidates.refuse(verdict.proof());
        Optional<ProofStore.Sealed> decided = store.newestDecided();

        String id = verdict.proof().id().toString();
        assertThat(Proving.list().getBoolean("alarm")).isFalse();
        JsonPath certificate = Proving.certificate("/v1/proofs/" + id);
        assertThat(Proving.differences(certificate, SCHOOLS)).hasSize(1);
        assertThat(certificate.getBoolean("proof.candidate")).isTrue();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonPath list = Proving.list();
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
        JsonPath certificate = Proving.prove();
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

        superuser(change);

        assertThat(Proving.certificate("/v1/proofs/" + id).getBoolean("proof.intact"))
                .isFalse();
        superuser("update proof set content = replace(content, '\"differs\"', '\"proved\"') where id = '" + id + "'");
        assertThat(Proving.certificate("/v1/proofs/" + id).getBoolean("proof.intact"))
                .isTrue();
    }

    @Test
    void pages_lead_from_the_newest_to_the_first() {
        Proving.prove();
        Proving.prove();

        JsonPath first = Proving.certificate("/v1/proofs?limit=1");
        JsonPath second = Proving.certificate("/v1/proofs?limit=1&cursor=" + first.getString("next"));

        assertThat(first.getLong("items[0].number") - second.getLong("items[0].number"))
                .isEqualTo(1);
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
        given().auth().oauth2(TestTokens.auditorToken()).post("/v1/proofs").then().statusCode(403);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/proofs/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().auth().oauth2(TestTokens.auditorToken()).get("/v1/proofs/x").then().statusCode(404);
        given().auth()
                .oauth2(TestTokens.auditorToken())
                .get("/v1/proofs?cursor=x")
                .then()
                .statusCode(400)
                .body("errors[0].rule", equalTo("cursor"));
        given().get("/v1/proofs").then().statusCode(401);
        given().post("/v1/proofs").then().statusCode(401);
    }

    private static void superuser(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        TestServers.jdbcUrl("indicators"), "postgres", TestServers.passwordOf("postgres"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
