package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.school;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.YearStateSteps;

/** Integration test of the writes that a locked year refuses, and of the lock order of the writers. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class LockedYearIT {

    private static final String PROVINCE = "63";

    private final String id = newSourceId("Y");
    private final String school = "/v1/overseas-schools/" + PROVINCE + "/" + id;
    private final String headcount = "/v1/overseas-headcounts/" + PROVINCE + "/" + id;

    @Inject
    DataSource dataSource;

    private String students(int year, int students) {
        return "{\"school\":\"%s\",\"year\":%d,\"major\":\"460301\",\"students\":%d}".formatted(id, year, students);
    }

    private static void assertLocked(Response answer) {
        answer.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("errors[0].rule", equalTo("year-locked"))
                .body("errors[0].detail", containsString("2020"))
                .body("errors[0].detailZh", containsString("2020"));
    }

    /** Creates a school open since 2016 with headcounts of 2020, which is locked, and of 2021. */
    @BeforeEach
    void lockYear() {
        put(school, openSchool()).then().statusCode(201);
        put(headcount, students(2020, 40)).then().statusCode(201);
        put(headcount + "-2021", students(2021, 40)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, 2020);
    }

    @AfterEach
    void reopenYear() {
        YearStateSteps.reopenYear(PROVINCE, 2020);
    }

    @Test
    void a_headcount_of_the_year_stays_as_it_is() {
        assertLocked(put(headcount, students(2020, 41)));
        assertLocked(put(headcount, students(2021, 40)));
        assertLocked(put(headcount + "-2021", students(2020, 40)));
        assertLocked(put(headcount + "-new", students(2020, 1)));
        assertLocked(bureau(PROVINCE).delete(headcount + "?reason=x"));
        put(headcount, students(2020, 40)).then().statusCode(200).body("version", equalTo(1));
        put(headcount + "-2021", students(2021, 41)).then().statusCode(200);
        put(headcount + "-2022", students(2022, 1)).then().statusCode(201);
        bureau(PROVINCE).get(headcount).then().body("fields.students", equalTo(40));
    }

    @Test
    void a_school_that_was_open_in_the_year_changes_only_where_no_figure_of_the_year_sees_it() {
        assertLocked(put(school, openSchool().replace("luban-workshop", "other")));
        assertLocked(put(school, openSchool().replace("2016-02-29", "2020-02-29")));
        assertLocked(put(school, school("closed", ",\"openedOn\":\"2016-02-29\",\"closedOn\":\"2020-12-31\"")));
        assertLocked(put(school + "-new", school("open", ",\"openedOn\":\"2019-01-01\"")));
        put(school, openSchool().replace("泰国鲁班工坊", "大城鲁班工坊")).then().statusCode(200);
        put(school, openSchool().replace("2016-02-29", "2015-02-28")).then().statusCode(200);
        put(school + "-planned", school("planned", ",\"openedOn\":\"2020-09-01\""))
                .then()
                .statusCode(201);
        assertLocked(put(school + "-planned", school("open", ",\"openedOn\":\"2020-09-01\"")));
        put(school + "-planned", school("open", ",\"openedOn\":\"2021-09-01\""))
                .then()
                .statusCode(200);
        put(school + "-new", school("open", ",\"openedOn\":\"2021-01-01\""))
                .then()
                .statusCode(201);
        put(school, school("closed", ",\"openedOn\":\"2016-02-29\",\"closedOn\":\"2022-01-01\""))
                .then()
                .statusCode(200);
    }

    @Test
    void what_headcounts_and_trainings_of_the_year_see_of_a_school_that_was_not_open_then_stays() {
        String late = school + "-late";
        String lateBody = school("open", ",\"openedOn\":\"2021-01-01\"");
        String training = "/v1/overseas-trainings/" + PROVINCE + "/" + id;
        YearStateSteps.reopenYear(PROVINCE, 2020);
        put(late, lateBody).then().statusCode(201);
        put(headcount + "-late", students(2020, 7).replace(id, id + "-late"))
                .then()
                .statusCode(201);
        put(late + "-2", lateBody).then().statusCode(201);
        put(training, """
                {"school":"%s-late-2","enterprise":"示例企业","people":20,"days":3,"startedOn":"2020-05-01"}""".formatted(id)).then().statusCode(201);
        YearStateSteps.lockYear(PROVINCE, 2020);

        assertLocked(put(late, lateBody.replace("\"THA\"", "\"LAO\"")));
        assertLocked(put(late, lateBody.replace("luban-workshop", "other")));
        assertLocked(put(late + "-2", lateBody.replace("training-centre", "branch")));
        put(late, lateBody.replace("2021-01-01", "2021-02-01")).then().statusCode(200);
        put(late, lateBody.replace("460301", "460302")).then().statusCode(200);
    }

    @Test
    void what_waited_for_a_school_and_came_too_late_counts_when_the_year_is_opened() {
        String late = id + "-waited";
        put(headcount + "-waits", students(2020, 9).replace(id, late)).then().statusCode(202);
        put("/v1/overseas-schools/" + PROVINCE + "/" + late, school("open", ",\"openedOn\":\"2021-01-01\""))
                .then()
                .statusCode(201)
                .body("warnings.rule", hasItem("year-locked"))
                .body("warnings.find { it.rule == 'year-locked' }.detail", containsString(id + "-waits"));
        bureau(PROVINCE).get(headcount + "-waits").then().statusCode(404);

        YearStateSteps.reopenYear(PROVINCE, 2020);

        bureau(PROVINCE).get(headcount + "-waits").then().statusCode(200).body("fields.students", equalTo(9));
    }

    @Test
    void rows_of_a_file_are_refused_one_by_one() {
        String rows = "sourceId,school,year,major,students\r\n"
                + "%s,%s,2020,460301,41\r\n".formatted(id, id)
                + "%s-2021,%s,2021,460301,41\r\n".formatted(id, id);
        Response answer = bureau(PROVINCE).contentType("text/csv").body(rows).post("/v1/overseas-headcounts/batches");
        answer.then().statusCode(200).body("counts.refused", equalTo(1)).body("counts.corrected", equalTo(1));
        assertThat(bureau(PROVINCE)
                        .get("/v1/batches/" + answer.path("id") + "/rows")
                        .asString())
                .contains("year-locked")
                .contains("2020");
        bureau(PROVINCE)
                .contentType("text/csv")
                .body(rows)
                .post("/v1/overseas-headcounts/batches?mode=all")
                .then()
                .statusCode(422);
    }

    @Test
    void a_new_key_moves_no_figure_and_a_merger_does() {
        put(school + "-same", school("open", ",\"openedOn\":\"2021-01-01\""))
                .then()
                .statusCode(201);
        assertLocked(bureau(PROVINCE)
                .body("{\"into\":\"" + id + "-same\",\"reason\":\"重复登记\"}")
                .post(school + "/merge"));
        bureau(PROVINCE)
                .body("{\"sourceId\":\"" + id + "-renamed\",\"reason\":\"编号有误\"}")
                .post(school + "/rename")
                .then()
                .statusCode(200);
        bureau(PROVINCE).get(headcount).then().body("fields.school", equalTo(id + "-renamed"));
    }

    @Test
    void another_province_is_not_held_up() {
        put(school.replace("/63/", "/62/"), openSchool()).then().statusCode(201);
    }

    @Test
    void who_writes_waits_for_the_lock_and_then_sees_it() throws Exception {
        YearStateSteps.reopenYear(PROVINCE, 2020);
        try (Connection closer = DatabaseScope.runForAllProvinces(() -> dataSource.getConnection());
                var pool = Executors.newSingleThreadExecutor()) {
            closer.setAutoCommit(false);
            runSql(closer, "select pg_advisory_xact_lock(7302, " + PROVINCE + ")");
            Future<Response> write = pool.submit(() -> put(headcount, students(2020, 41)));
            awaitWaiting();
            runSql(
                    closer,
                    "update year_close set record = '{\"state\":\"locked\"}', version = version + 1 where province = '"
                            + PROVINCE + "' and source_id = '2020'");
            closer.commit();
            closer.setAutoCommit(true);
            assertLocked(write.get());
        }
    }

    private static void runSql(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitWaiting() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from pg_locks where locktype = 'advisory'"
                            + " and classid = 7302 and objid = " + PROVINCE + " and not granted")) {
                row.next();
                return row.getInt(1) == 1;
            }
        });
    }
}
