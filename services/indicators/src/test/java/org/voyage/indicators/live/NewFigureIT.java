package org.voyage.indicators.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Year;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.voyage.indicators.EventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.Tokens;

/** A start with definitions that the last one did not have; first while they are being counted, then afterwards. */
@QuarkusTest
@TestProfile(NewFigureIT.Later.class)
@QuarkusTestResource(
        value = RealBackends.class,
        initArgs = @ResourceArg(name = "database", value = "standards"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = NewFigure.Earlier.class,
        initArgs = {@ResourceArg(name = "database", value = "standards"), @ResourceArg(name = "log", value = "later")},
        restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewFigureIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    public static class Later extends NewFigure.Start {
        public Later() {
            super("later");
        }
    }

    /** Of this start only. */
    @Inject
    Instance<NewFigure.Held> counting;

    @TestHTTPResource("/v1/indicators/stream")
    @SuppressWarnings("NullAway.Init") // set before each test
    URI stream;

    @Test
    @Order(1)
    void while_it_is_counted_reconciliation_says_so_and_compares_the_others() {
        EventLog.awaitReady();

        String ofStudents = "lines.findAll { it.indicator == '" + NewFigure.STUDENTS + "' }.";
        String ofSchools = "lines.findAll { it.indicator == 'overseas-schools' }.";
        given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/reconciliation?service=overseas&set=built-in")
                .then()
                .statusCode(200)
                .body(ofStudents + "beingCounted", contains(true))
                .body(ofStudents + "comparable", contains(true))
                .body(ofStudents + "live", contains(nullValue()))
                .body(ofStudents + "matches", contains(nullValue()))
                .body(ofSchools + "beingCounted", hasItem(false))
                .body(ofSchools + "beingCounted", not(hasItem(true)))
                .body(ofSchools + "live", not(hasItem(nullValue())));
    }

    @Test
    @Order(1)
    void while_it_is_counted_previews_name_it_and_say_what_the_others_would_do() {
        EventLog.awaitReady();

        given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(
                        "{\"changes\":[{\"record\":\"overseas-school\",\"province\":\"12\",\"sourceId\":\"L-9\",\"after\":"
                                + NewFigure.school("2022-01-01") + "}]}")
                .post("/v1/previews")
                .then()
                .statusCode(200)
                .body("unfinished", hasItems(NewFigure.OPENED, NewFigure.STUDENTS))
                .body("unfinished", not(hasItem("overseas-schools")))
                .body("figures.indicator.code", hasItem("overseas-schools"))
                .body("figures.indicator.code", not(hasItem(NewFigure.OPENED)));
    }

    @Test
    @Order(1)
    void while_it_is_counted_who_asks_for_it_by_name_is_told_to_come_again() {
        EventLog.awaitReady();

        for (String path : List.of("/v1/indicators/stream?code=", "/v1/values?figure=overseas-schools,")) {
            given().auth()
                    .oauth2(Tokens.operator())
                    .get(path + NewFigure.OPENED)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("detail", containsString(NewFigure.OPENED));
        }
    }

    @Test
    @Order(2)
    void who_watches_all_figures_sees_it_come_and_a_release_that_waited_is_made() throws Exception {
        EventLog.awaitReady();
        given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/releases")
                .then()
                .statusCode(200)
                .body("items", empty());
        try (HttpClient http = HttpClient.newHttpClient();
                AutoCloseable _ = http::shutdownNow) {
            List<String> lines = watchAll(http);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> line.startsWith("event:") && line.endsWith("unfinished"))
                            .anyMatch(line -> line.contains("\"indicators\"") && line.contains(NewFigure.OPENED))
                            .anyMatch(line -> isValue(line, "overseas-schools"))
                            .anyMatch(line -> line.startsWith("id:")));
            assertThat(lines).noneMatch(line -> isValue(line, NewFigure.OPENED));

            counting.get().letGo();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isValue(line, NewFigure.OPENED) && line.contains("\"previous\":null"))
                            .anyMatch(line -> isValue(line, NewFigure.STUDENTS)));
            EventLog.send("later.overseas-school", "12/L-5", 1, NewFigure.school(Year.now() + "-01-01"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines)
                            .anyMatch(line -> isValue(line, NewFigure.OPENED)
                                    && line.contains("12/L-5")
                                    && line.contains("\"previous\":0")));
        }
        await().atMost(SOON)
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.operator())
                        .get("/v1/releases")
                        .then()
                        .statusCode(200)
                        .body("items.by", contains("")));
    }

    @Test
    @Order(3)
    void a_new_figure_is_counted_after_the_others_and_has_its_whole_history() {
        EventLog.awaitReady();

        counting.get().letGo();

        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .body(
                                "checks.find { it.name == 'live figures' }.data.'new figures'",
                                equalTo(NewFigure.STUDENTS + " " + NewFigure.OPENED))
                        .body("checks.find { it.name == 'live figures' }.data.'being counted'", nullValue()));
        ask(NewFigure.OPENED, "2021").body("values.value", equalTo(List.of(0)));
        ask(NewFigure.OPENED, "2022").body("values.value", equalTo(List.of(2)));
        ask("overseas-schools", "2022").body("values.value", equalTo(List.of(2)));
        ask(NewFigure.OPENED, "2021&asOf=2026-02-01T00:00:00Z").body("notes.code", hasItem("defined-later"));
        ask("overseas-schools", "2021&asOf=2026-02-01T00:00:00Z").body("notes.code", not(hasItem("defined-later")));

        EventLog.send("later.overseas-school", "12/L-4", 1, NewFigure.school("2022-11-01"));
        await().atMost(SOON)
                .untilAsserted(() -> ask(NewFigure.OPENED, "2022").body("values.value", equalTo(List.of(3))));
    }

    private List<String> watchAll(HttpClient http) {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest all = HttpRequest.newBuilder(stream)
                .header("Authorization", "Bearer " + Tokens.operator())
                .build();
        http.sendAsync(all, HttpResponse.BodyHandlers.ofLines())
                .thenAcceptAsync(answer -> answer.body().forEach(lines::add));
        return lines;
    }

    private static boolean isValue(String line, String code) {
        return line.startsWith("data:") && line.contains("\"indicator\":\"" + code + "\"");
    }

    private static ValidatableResponse ask(String code, String year) {
        return given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/indicators/" + code + "/values?period=" + year)
                .then()
                .statusCode(200);
    }
}
