package org.voyage.indicators.live;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of a start with definitions that the last start did not have. */
@QuarkusTest
@TestProfile(NewFigureIT.NewFigureIncrementalProfile.class)
@QuarkusTestResource(
        value = RealBackends.class,
        initArgs = @ResourceArg(name = "database", value = "standards"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = NewFigureStart.EarlierStartResource.class,
        initArgs = {@ResourceArg(name = "database", value = "standards"), @ResourceArg(name = "log", value = "later")},
        restrictToAnnotatedClass = true)
class NewFigureIT {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    public static class NewFigureIncrementalProfile extends NewFigureStart.NewFigureProfile {
        public NewFigureIncrementalProfile() {
            super("later");
        }
    }

    @Test
    void a_release_that_is_due_at_the_start_is_made_once_figures_serve() {
        TestEventLog.awaitReady();

        await().atMost(MAX_WAIT)
                .untilAsserted(() -> given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .get("/v1/releases")
                        .then()
                        .statusCode(200)
                        .body("items.by.count { it == '' }", equalTo(1)));
    }

    @Test
    void a_new_figure_has_its_whole_history_and_is_named() {
        TestEventLog.awaitReady();

        given().get("/q/health/ready")
                .then()
                .body(
                        "checks.find { it.name == 'live figures' }.data.'new figures'",
                        equalTo(NewFigureStart.STUDENTS + " " + NewFigureStart.OPENED_SCHOOLS));
        getYear(NewFigureStart.OPENED_SCHOOLS, "2021").body("items.value", equalTo(Collections.singletonList(null)));
        getYear(NewFigureStart.OPENED_SCHOOLS, "2022").body("items.value", equalTo(List.of(2)));
        getYear("overseas-schools", "2022").body("items.value", equalTo(List.of(2)));
        getYear(NewFigureStart.OPENED_SCHOOLS, "2021&asOf=2026-02-01T00:00:00Z")
                .body("notes.code", hasItem("defined-later"));
        getYear("overseas-schools", "2021&asOf=2026-02-01T00:00:00Z").body("notes.code", not(hasItem("defined-later")));

        TestEventLog.sendChange("later.overseas-school", "12/L-4", 1, NewFigureStart.schoolJson("2022-11-01"));
        await().atMost(MAX_WAIT)
                .untilAsserted(
                        () -> getYear(NewFigureStart.OPENED_SCHOOLS, "2022").body("items.value", equalTo(List.of(3))));
    }

    private static ValidatableResponse getYear(String code, String year) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/" + code + "/values?period=" + year)
                .then()
                .statusCode(200);
    }
}
