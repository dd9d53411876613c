package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.kittest.RecordApiClient.sendFile;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kittest.RealBackends;

/** Integration test of the list of parked rows. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ParkedRowsIT {

    private static final String PROVINCE = "61";
    /** Province in which other tests may park rows too. */
    private static final String OTHER_PROVINCE = "23";

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    private final String school = newSourceId("S");
    private final String id = newSourceId("H");

    private void parkHeadcount(String name) {
        put(
                        "/v1/overseas-headcounts/" + PROVINCE + "/" + id + name,
                        "{\"school\":\"%s\",\"year\":2023,\"major\":\"460301\",\"students\":1}".formatted(school))
                .then()
                .statusCode(202);
    }

    private static JsonPath getPage(@Nullable String cursor) {
        return bureau(PROVINCE)
                .get("/v1/parked?limit=1" + (cursor == null ? "" : "&cursor=" + cursor))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Reads all pages after a cursor. */
    private static List<String> readToEnd(@Nullable String cursor) {
        List<String> found = new ArrayList<>();
        String next = cursor;
        do {
            JsonPath page = getPage(next);
            found.addAll(page.getList("items.sourceId"));
            next = page.getString("next");
        } while (next != null);
        return found;
    }

    private void parkLate(Connection writer) throws SQLException {
        try (PreparedStatement late = writer.prepareStatement("insert into parked_row (record, province, source_id,"
                + " parent_record, parent, body, cause_kind, cause_id, actor, parked_at, findings)"
                + " select 'overseas-headcount', ?, ?, 'overseas-school', ?, '{}'::jsonb, 'request', 'test', 'bureau',"
                + " recorded_at, '[]'::jsonb from record_enter(?)")) {
            late.setString(1, PROVINCE);
            late.setString(2, id + "-late");
            late.setString(3, school);
            late.setArray(4, writer.createArrayOf("text", new Object[] {PROVINCE}));
            assertThat(late.executeUpdate()).isEqualTo(1);
        }
    }

    private static Response sendHeadcounts(String query, String rows) {
        return sendFile(OTHER_PROVINCE, "/v1/overseas-headcounts/batches" + query, "text/csv", rows);
    }

    private String waitingPath(String name, String what) {
        return bureau(OTHER_PROVINCE)
                .get("/v1/parked?limit=1000")
                .jsonPath()
                .getString("items.find { it.sourceId == '" + id + name + "' }." + what);
    }

    @Test
    void a_repeated_file_keeps_time_and_cause_of_its_waiting_rows_and_a_changed_row_gets_new_ones() {
        String first =
                "sourceId,school,year,major,students\r\n%1$s-1,%2$s,2023,460301,1\r\n%1$s-2,%2$s,2023,460302,2\r\n"
                        .formatted(id, school);
        String batch = sendHeadcounts("", first).path("id");
        String since = waitingPath("-1", "parkedAt");
        String second = first.replace("460302,2", "460302,3");

        for (String query : List.of("?dryRun=true", "")) {
            sendHeadcounts(query, second).then().statusCode(200).body("counts.parked", equalTo(2));
        }

        assertThat(waitingPath("-1", "cause.id")).isEqualTo(batch);
        assertThat(waitingPath("-1", "parkedAt")).isEqualTo(since);
        assertThat(waitingPath("-2", "cause.id")).isNotEqualTo(batch);
        assertThat(waitingPath("-2", "parkedAt")).isNotEqualTo(since);
    }

    private void putSchool(String key, String name) {
        put(
                        "/v1/overseas-schools/" + OTHER_PROVINCE + "/" + key,
                        OverseasBodies.openSchool()
                                .replaceFirst("\"name\":\\s*\"[^\"]*\"", "\"name\":\"" + name + "\""))
                .then()
                .statusCode(201);
    }

    @Test
    void a_row_of_a_table_that_names_its_school_belongs_to_the_only_school_of_that_name() {
        putSchool(school, "示例工坊 " + id);
        putSchool(school + "-a", "同名工坊 " + id);
        putSchool(school + "-b", "同名工坊 " + id);
        String rows =
                "sourceId,school,year,major,students\r\n%1$s-1,示例工坊%1$s,2023,460301,1\r\n%1$s-2,同名工坊%1$s,2023,460301,2\r\n"
                        .formatted(id);

        sendHeadcounts("", rows)
                .then()
                .body("counts.created", equalTo(1))
                .body("counts.parked", equalTo(1))
                .body("warnings.find { it.rule == 'parent-by-name' }.detailZh", containsString(school))
                .body("warnings.find { it.rule == 'parent-missing' }.detailZh", not(containsString("是否应为")));

        bureau(OTHER_PROVINCE)
                .get("/v1/overseas-headcounts/" + OTHER_PROVINCE + "/" + id + "-1")
                .then()
                .body("fields.school", equalTo(school));
        sendHeadcounts("", rows + "%1$s-1,示例工坊%1$s,2023,460301,1\r\n".formatted(id))
                .then()
                .body("counts.unchanged", equalTo(2))
                .body("counts.refused", equalTo(0));
    }

    @Test
    void a_row_that_waits_for_an_unknown_name_or_key_suggests_the_school_it_may_mean() {
        String rows =
                "{\"sourceId\":\"%1$s-1\",\"school\":\"示例工坊%1$s\",\"year\":2023,\"major\":\"460301\",\"students\":1}\n"
                        .formatted(id);
        sendFile(OTHER_PROVINCE, "/v1/overseas-headcounts/batches", "application/x-ndjson", rows)
                .then()
                .body("counts.parked", equalTo(1));
        assertThat(waitingPath("-1", "waitsFor.suggestion")).isNull();

        putSchool(school, "示例工坊" + id);

        assertThat(waitingPath("-1", "waitsFor.suggestion.sourceId")).isEqualTo(school);
        assertThat(waitingPath("-1", "waitsFor.suggestion.name")).isEqualTo("示例工坊" + id);
        put(
                        "/v1/overseas-headcounts/" + OTHER_PROVINCE + "/" + id + "-2",
                        "{\"school\":\"%s\",\"year\":2023,\"major\":\"460302\",\"students\":1}"
                                .formatted(school + "-x"))
                .then()
                .statusCode(202)
                .body("warnings[0].detailZh", containsString("是否应为 " + school + "（示例工坊" + id + "）"));
    }

    @Test
    void the_answer_says_since_when_a_record_waits() {
        String path = "/v1/overseas-headcounts/" + OTHER_PROVINCE + "/" + id;
        String body = "{\"school\":\"%s\",\"year\":2023,\"major\":\"460301\",\"students\":1}".formatted(school);
        String since = put(path, body).then().statusCode(202).extract().path("parkedAt");

        put(path, body).then().statusCode(202).body("parked", equalTo(true)).body("parkedAt", equalTo(since));
        put(path, body.replace(":1}", ":2}")).then().statusCode(202).body("parkedAt", not(equalTo(since)));
    }

    @Test
    void a_cursor_does_not_pass_a_row_that_is_still_being_parked() throws SQLException {
        JsonPath whileOpen;
        try (Connection writer = DatabaseScope.runForAllProvinces(() -> dataSource.getConnection())) {
            writer.setAutoCommit(false);
            parkLate(writer);
            parkHeadcount("-1");
            parkHeadcount("-2");

            whileOpen = getPage(null);
            writer.commit();
            writer.setAutoCommit(true);
        }
        assertThat(whileOpen.getList("items.sourceId")).isEqualTo(List.of(id + "-1"));
        assertThat(readToEnd(whileOpen.getString("next")))
                .as("what a reader that goes on finds, or one that begins again because there was no next")
                .contains(id + "-late", id + "-2");
    }
}
