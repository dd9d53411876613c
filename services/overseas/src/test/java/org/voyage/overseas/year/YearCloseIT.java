package org.voyage.overseas.year;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.overseas.OverseasBodies.as;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.overseas.OverseasBodies;

/**
 * Integration test of year closes. Each test uses a province of its own, because a locked year stays locked for later
 * tests.
 */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "overseas"))
class YearCloseIT {

    @Inject
    DataSource dataSource;

    @Test
    void a_year_goes_from_the_bureau_to_the_national_team_and_every_step_is_an_event() {
        submitYear("41", 2021);
        putAsOperator("41", 2021, "{\"state\":\"open\",\"reason\":\"两所院校重复\"}")
                .then()
                .statusCode(200);
        submitYear("41", 2021);
        putAsOperator("41", 2021, "{\"state\":\"accepted\"}").then().statusCode(200);
        putAsOperator("41", 2021, "{\"state\":\"locked\"}")
                .then()
                .statusCode(200)
                .body("version", equalTo(5));

        assertThat(OverseasBodies.awaitEvents("overseas.year-close", "41/2021", 5))
                .extracting(event -> event.at("/after/state").asText())
                .containsExactly("submitted", "open", "submitted", "accepted", "locked");
        bureau("41").get("/v1/years/41/2021/history").then().statusCode(200).body("items.size()", equalTo(5));
        bureau("41").get("/v1/years?state=locked").then().body("items.sourceId", hasItem("2021"));
    }

    @Test
    void a_year_without_a_statement_is_open() {
        bureau("42")
                .get("/v1/years/42/2020")
                .then()
                .statusCode(200)
                .body("version", equalTo(0))
                .body("fields.state", equalTo("open"));
        bureau("42")
                .get("/v1/years/42/2020/history")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("next", nullValue());
        for (String year : List.of("42/0001", "42/x", "43/2020")) {
            bureau("42").get("/v1/years/" + year).then().statusCode(404);
            bureau("42").get("/v1/years/" + year + "/history").then().statusCode(404);
        }
    }

    @Test
    void no_caller_makes_a_step_of_another_role() {
        submitYear("43", 2021);

        bureau("43")
                .body("{\"state\":\"accepted\"}")
                .put("/v1/years/43/2021")
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-lifecycle"))
                .body("errors[0].detail", containsString("open"))
                .body("errors[0].detailZh", equalTo("该年度当前状态为“已提交”，您可变更为：开放。"));
        putAsOperator("43", 2021, "{\"state\":\"locked\"}")
                .then()
                .statusCode(409)
                .body("errors[0].detailZh", equalTo("该年度当前状态为“已提交”，您可变更为：开放、已接收。"));
        putAsOperator("43", 2021, "{\"state\":\"open\"}")
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("reason-required"));
        bureau("44")
                .body("{\"state\":\"open\"}")
                .put("/v1/years/43/2021")
                .then()
                .statusCode(404);
        bureau("44").get("/v1/years/43/2021").then().statusCode(404);
        as("auditor")
                .body("{\"state\":\"open\"}")
                .put("/v1/years/43/2021")
                .then()
                .statusCode(403)
                .body("detail", containsString("by its provincial bureau; the national operations team"))
                .body("detailZh", containsString("年度由省级教育行政部门提交"));
        as("auditor")
                .get("/v1/audit?record=year-close&action=refused&actor=auditor&object=2021")
                .then()
                .statusCode(200)
                .body("items.details.under", equalTo(List.of("43")));
    }

    @Test
    void a_year_that_has_not_come_cannot_be_submitted() {
        bureau("45")
                .body("{\"state\":\"submitted\"}")
                .put("/v1/years/45/2090")
                .then()
                .statusCode(422);
    }

    @Test
    void a_locked_year_refuses_what_would_move_its_figures_and_nothing_else() {
        String school = newSourceId("Y");
        put("/v1/overseas-schools/46/" + school, openSchool()).then().statusCode(201);
        lockYear("46", 2020);

        put("/v1/overseas-schools/46/" + school, openSchool().replace("THA", "VNM"))
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("year-locked"))
                .body("errors[0].detail", containsString("2020"));
        put("/v1/overseas-schools/46/" + school, openSchool().replace("Luban Workshop Thailand", "Luban Workshop"))
                .then()
                .statusCode(200);
        put("/v1/overseas-schools/46/" + newSourceId("Y"), openSchool().replace("2016-02-29", "2021-03-01"))
                .then()
                .statusCode(201);
    }

    @Test
    void a_file_meets_the_lock_row_by_row() {
        String school = newSourceId("Y");
        put("/v1/overseas-schools/50/" + school, openSchool()).then().statusCode(201);
        lockYear("50", 2021);
        String rows = headcount("A", school, 2021) + headcount("B", school, 2022);

        bureau("50")
                .contentType("application/x-ndjson")
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-headcounts/batches")
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(1))
                .body("errors[0].rule", equalTo("year-locked"));
    }

    @Test
    void what_is_opened_again_can_be_corrected() {
        String school = newSourceId("Y");
        put("/v1/overseas-schools/51/" + school, openSchool()).then().statusCode(201);
        lockYear("51", 2019);
        putAsOperator("51", 2019, "{\"state\":\"open\",\"reason\":\"更正国别\"}")
                .then()
                .statusCode(200);

        Response repaired =
                put("/v1/overseas-schools/51/" + school, openSchool().replace("THA", "VNM"));

        repaired.then().statusCode(200);
        lockYear("51", 2019);
    }

    @Test
    void a_lock_waits_for_a_writer_that_has_begun() throws SQLException {
        submitYear("52", 2018);
        putAsOperator("52", 2018, "{\"state\":\"accepted\"}").then().statusCode(200);
        try (Connection writer = dataSource.getConnection()) {
            writer.setAutoCommit(false);
            writer.createStatement().execute("select * from record_enter(array['52'])");

            CompletableFuture<Response> locking =
                    CompletableFuture.supplyAsync(() -> putAsOperator("52", 2018, "{\"state\":\"locked\"}"));
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> hasWaiter(writer));
            assertThat(locking).isNotDone();
            writer.commit();

            assertThat(locking)
                    .succeedsWithin(Duration.ofSeconds(20))
                    .satisfies(answer -> answer.then().statusCode(200));
        }
    }

    private static boolean hasWaiter(Connection connection) throws SQLException {
        try (var rows = connection
                .createStatement()
                .executeQuery("select count(*) from pg_locks where locktype = 'advisory' and not granted"
                        + " and classid = 7302 and objid = 52")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }

    private static void lockYear(String province, int year) {
        submitYear(province, year);
        for (String state : List.of("accepted", "locked")) {
            putAsOperator(province, year, "{\"state\":\"" + state + "\"}")
                    .then()
                    .statusCode(200);
        }
    }

    private static void submitYear(String province, int year) {
        bureau(province)
                .body("{\"state\":\"submitted\"}")
                .put("/v1/years/" + province + "/" + year)
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(201)));
    }

    private static Response putAsOperator(String province, int year, String body) {
        return as("operator").body(body).put("/v1/years/" + province + "/" + year);
    }

    private static String headcount(String key, String school, int year) {
        return "{\"sourceId\":\"" + newSourceId(key) + "\",\"school\":\"" + school + "\",\"year\":" + year
                + ",\"major\":\"460301\",\"students\":20}\n";
    }
}
