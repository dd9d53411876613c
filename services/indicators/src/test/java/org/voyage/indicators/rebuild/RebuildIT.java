package org.voyage.indicators.rebuild;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Tampering;
import org.voyage.indicators.proof.EvidenceRow;
import org.voyage.indicators.proof.Proving;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.Tokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class RebuildIT implements Serving {

    private static final String SLICE = "/v1/indicators/overseas-schools/values?hostCountry=MHL";

    @Inject
    LiveFigures live;

    @Inject
    DataSource database;

    @Test
    void figures_that_went_wrong_are_mended_while_they_are_read_and_written() {
        String key = newKey();
        long before = value(send(key, 1));
        Tampering.add(live, "overseas-schools", key, 7);
        assertThat(value(null)).isEqualTo(before + 7);

        String location = begin();
        List<Long> seen = new ArrayList<>();
        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            seen.add(value(null));
                            seen.add(value(send(key, seen.size() + 2)));
                            return rebuild(location);
                        },
                        at -> at.getString("finishedAt") != null);

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("mended")).isEqualTo(1);
        assertThat(rebuild.getLong("differing")).isZero();
        assertThat(rebuild.getLong("events")).isPositive();
        assertThat(seen).as("one or the other, nothing between").isSubsetOf(before, before + 7);
        assertThat(value(null)).isEqualTo(before);
        assertThat(given().auth()
                        .oauth2(Tokens.operator())
                        .get("/v1/proofs/" + rebuild.getString("proof"))
                        .jsonPath()
                        .getString("proof.verdict"))
                .isEqualTo("proved");
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    @Test
    void a_write_after_the_exchange_is_counted_as_ever() {
        String location = begin();
        JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                .until(() -> rebuild(location), at -> at.getString("finishedAt") != null);
        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        long before = value(null);

        long after = value(send(newKey(), 1));

        assertThat(after).isEqualTo(before + 1);
    }

    @Test
    void new_figures_that_the_evidence_contradicts_do_not_serve() throws SQLException {
        String key = newKey();
        long before = value(send(key, 1));
        Proving.prove();
        EvidenceRow row = new EvidenceRow(database, key, 1);
        String state = row.state();
        row.setState(state.replace("MHL", "FSM"));
        try {
            String location = begin();
            JsonPath rebuild = await().atMost(Duration.ofSeconds(120))
                    .until(() -> rebuild(location), at -> at.getString("finishedAt") != null);

            assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("refused");
            assertThat(rebuild.getLong("differing")).isGreaterThan(1);
            assertThat(value(null)).isEqualTo(before);
        } finally {
            row.setState(state);
        }
    }

    @Test
    void operators_begin_auditors_look_and_others_see_nothing() {
        for (String who : List.of(Tokens.bureau("12"), Tokens.alliance("WFCP"))) {
            given().auth().oauth2(who).post("/v1/rebuilds").then().statusCode(403);
            given().auth()
                    .oauth2(who)
                    .get("/v1/rebuilds/" + UUID.randomUUID())
                    .then()
                    .statusCode(403);
        }
        given().auth().oauth2(Tokens.auditor()).post("/v1/rebuilds").then().statusCode(403);
        given().auth()
                .oauth2(Tokens.auditor())
                .get("/v1/rebuilds/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        given().auth().oauth2(Tokens.auditor()).get("/v1/rebuilds/x").then().statusCode(404);
        given().post("/v1/rebuilds").then().statusCode(401);
    }

    /** Once the one that may be running has ended. */
    private static String begin() {
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> given().auth().oauth2(Tokens.operator()).post("/v1/rebuilds"),
                        answer -> answer.statusCode() == 202)
                .header("Location");
    }

    private static JsonPath rebuild(String location) {
        return given().auth()
                .oauth2(Tokens.auditor())
                .get(location)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String newKey() {
        return "12/B-" + UUID.randomUUID();
    }

    private static Receipt send(String key, int version) {
        return EventLog.send(EventLog.SCHOOL, key, version, EventLog.school("MHL", "other", "2019-08-17", null));
    }

    private static long value(@Nullable Receipt receipt) {
        return given().auth()
                .oauth2(Tokens.operator())
                .get(SLICE + (receipt == null ? "" : "&receipt=" + receipt.text()))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("values[0].value");
    }
}
