package org.voyage.indicators.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.proof.Proving;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.Tokens;

/** A rebuild while figures that the last start did not have are still being counted. */
@QuarkusTest
@TestProfile(RebuiltNewFigureIT.Rebuilt.class)
@QuarkusTestResource(
        value = RealBackends.class,
        initArgs = @ResourceArg(name = "database", value = "cooperation"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = NewFigure.Earlier.class,
        initArgs = {
            @ResourceArg(name = "database", value = "cooperation"),
            @ResourceArg(name = "log", value = "rebuilt")
        },
        restrictToAnnotatedClass = true)
class RebuiltNewFigureIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    public static class Rebuilt extends NewFigure.Start {
        public Rebuilt() {
            super("rebuilt");
        }
    }

    /** Of this start only. */
    @Inject
    Instance<NewFigure.Held> counting;

    @Test
    void a_rebuild_brings_it_whole_and_what_was_still_to_be_counted_is_not_counted_twice() {
        EventLog.awaitReady();
        opened().statusCode(503);

        String location = given().auth()
                .oauth2(Tokens.operator())
                .post("/v1/rebuilds?evidence=true")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        JsonPath rebuild = await().atMost(LONG)
                .until(
                        () -> given().auth()
                                .oauth2(Tokens.auditor())
                                .get(location)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        at -> at.getString("finishedAt") != null);

        assertThat(rebuild.getString("state")).as(rebuild.prettify()).isEqualTo("done");
        assertThat(rebuild.getLong("mended")).isZero();
        opened().statusCode(200).body("values.value", equalTo(List.of(2)));

        counting.get().letGo();
        EventLog.send("rebuilt.overseas-school", "12/L-4", 1, NewFigure.school("2022-11-01"));
        await().atMost(LONG).untilAsserted(() -> opened().statusCode(200).body("values.value", equalTo(List.of(3))));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'live figures' }.data.'being counted'", nullValue())
                .body("checks.find { it.name == 'live figures' }.data.failure", nullValue());
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    private static ValidatableResponse opened() {
        return given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/indicators/" + NewFigure.OPENED + "/values?period=2022")
                .then();
    }
}
