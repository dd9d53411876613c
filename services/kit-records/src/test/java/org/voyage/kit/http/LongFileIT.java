package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

/**
 * Test of files that take long: what others notice of them. Another transaction holds the row in the middle, so the file
 * waits there.
 */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@SuppressWarnings("NullAway.Init")
class LongFileIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    /** Key of the row at which a file waits. */
    private static final String GATE = "L-gate";

    private Connection gate;

    @BeforeEach
    void closeGate() throws SQLException {
        runSql("delete from thing where source_id like 'L-%'");
        gate = connect("12");
        gate.setAutoCommit(false);
        insertGate();
    }

    /** Waits until no other transaction has the row. */
    private void insertGate() throws SQLException {
        try (var statement = gate.createStatement()) {
            statement.execute("insert into thing values ('12', '" + GATE + "', 'mine', null)");
        }
    }

    @AfterEach
    void openGate() throws SQLException {
        gate.rollback();
        gate.close();
    }

    /** One file of mode=all stopped the publication of every province until its end. */
    @Test
    void a_file_in_one_transaction_holds_back_no_event_of_others() throws SQLException {
        String batch = sendLater("12", "mode=all", file());
        awaitWaiting();

        sendNow("31", "L-31", 1).then().statusCode(200);

        assertThat(queryNumber("select outbox_horizon()"))
                .isGreaterThanOrEqualTo(queryNumber("select max(position) from outbox where key = '31/L-31-1'"));
        gate.rollback();
        awaitState(batch, "done");
        bureau("12").get(batch).then().body("receipt", notNullValue()).body("counts.created", equalTo(7));
        assertThat(queryText("select string_agg(key, ' ' order by position) from outbox"
                        + " where position > (select max(position) from outbox where key = '31/L-31-1')"
                        + " and topic = 'things.thing'"))
                .isEqualTo("12/L-1 12/L-2 12/L-3 12/L-4 12/L-5 12/" + GATE + " 12/L-7");
    }

    /** A file whose transaction was over its time began again, up to five times an hour. */
    @Test
    void a_file_over_its_time_fails_at_once_with_a_rule() throws SQLException {
        String batch = sendLater("12", "mode=all", file());
        awaitWaiting();
        awaitWaiting(Duration.ofMillis(8_500));

        gate.rollback();

        awaitState(batch, "failed");
        bureau("12")
                .get(batch)
                .then()
                .body("failure", equalTo("invalid"))
                .body("errors", hasSize(1))
                .body("errors[0].rule", equalTo("file-timeout"));
        assertThat(queryNumber("select count(*) from thing where source_id like 'L-%'"))
                .isZero();
        assertThat(queryNumber("select attempts from batch where id = '" + idOf(batch) + "'"))
                .isEqualTo(1);
    }

    @Test
    void a_file_of_too_many_rows_for_one_transaction_fails_with_a_rule() throws SQLException {
        sendNow("31", "L-many", 61, "mode=all")
                .then()
                .statusCode(422)
                .body("errors[0].rule", equalTo("file-too-large"));
        assertThat(queryNumber("select count(*) from thing where source_id like 'L-many%'"))
                .isZero();
        sendNow("31", "L-many", 60, "mode=all").then().statusCode(200).body("counts.created", equalTo(60));
    }

    /** A dry run kept its rows locked for as long as it ran, an hour at most. */
    @Test
    void a_dry_run_gives_way_to_others_and_starts_over() throws Exception {
        String batch = sendLater("12", "dryRun=true", file());
        awaitWaiting();
        var other = CompletableFuture.runAsync(
                () -> runUnchecked("insert into thing values ('12', 'L-1', 'a word of others', null)"));
        awaitWaiting(Duration.ofMillis(2_500));
        assertThat(other).isNotDone();

        gate.rollback();

        other.get(10, TimeUnit.SECONDS);
        awaitState(batch, "done");
        bureau("12").get(batch).then().body("counts.corrected", equalTo(1)).body("counts.created", equalTo(6));
        assertThat(queryText("select name from thing where source_id = 'L-1'")).isEqualTo("a word of others");
    }

    /** Two equal dry runs started over for each other, and sixteen never ended. */
    @Test
    void equal_dry_runs_take_turns_and_each_ends_at_its_first_attempt() throws SQLException {
        List<String> batches = Stream.generate(() -> sendLater("12", "dryRun=true", file()))
                .limit(6)
                .toList();
        awaitWaiting();
        awaitWaiting(Duration.ofMillis(2_500));

        gate.rollback();

        for (String batch : batches) {
            awaitState(batch, "done");
            bureau("12").get(batch).then().body("counts.created", equalTo(7));
            assertThat(queryNumber("select attempts from batch where id = '" + idOf(batch) + "'"))
                    .isEqualTo(1);
        }
    }

    /** A dry run that others disturbed in each attempt failed without an answer. */
    @Test
    void a_dry_run_that_others_disturb_each_time_answers_in_the_end() throws Exception {
        String batch = sendLater("12", "dryRun=true", file());
        for (String key : List.of("L-1", "L-2")) {
            awaitWaiting();
            var other = CompletableFuture.runAsync(() -> runUnchecked(
                    "insert into thing values ('12', '" + key + "', 'a word of others', null) on conflict do nothing"));
            awaitWaiting(Duration.ofMillis(2_500));
            assertThat(other).isNotDone();
            gate.rollback();
            other.get(10, TimeUnit.SECONDS);
            if (key.equals("L-1")) {
                // Before the next attempt, which begins after a pause.
                insertGate();
            }
        }

        awaitState(batch, "done");
        bureau("12")
                .get(batch)
                .then()
                .body("counts.rows", equalTo(7))
                .body("counts.corrected", equalTo(1))
                .body("warnings.rule", equalTo(List.of("dry-run-in-parts")))
                .body("warnings[0].rows", equalTo(1))
                .body("warnings[0].detailZh", containsString("自第 7 行起"));
        assertThat(queryNumber("select count(*) from thing where source_id like 'L-%'"))
                .isEqualTo(2);
        assertThat(queryNumber("select attempts from batch where id = '" + idOf(batch) + "'"))
                .isEqualTo(2);
    }

    /** Six files of one bureau took all places, and the files of others were refused after half a minute. */
    @Test
    void the_files_of_one_bureau_leave_places_to_others() throws SQLException {
        Response last = post("12", "mode=rows", "sourceId,name\n" + GATE + ",greedy\n", true);
        for (int i = 0; i < 30 && last.statusCode() == 202; i++) {
            last = post("12", "mode=rows", "sourceId,name\n" + GATE + ",greedy\n", true);
        }

        sendNow("31", "L-fair", 4).then().statusCode(200).body("counts.created", equalTo(4));

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isEqualTo("30");
        gate.rollback();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(queryNumber("select count(*) from batch where state = 'RUNNING'"))
                        .isZero());
    }

    /** A process that was stopped for longer than its lease went on with a file that another one had taken. */
    @Test
    void a_process_that_lost_a_batch_stores_no_more_of_it() throws SQLException {
        String batch = sendLater("12", "mode=rows", "sourceId,name\n" + GATE + ",late\n");
        awaitWaiting();
        runSql("update batch set instance = 'another', touched_at = now() + interval '1 hour' where id = '"
                + idOf(batch) + "'");

        gate.rollback();

        await().during(Duration.ofSeconds(2))
                .atMost(LIMIT)
                .until(() -> queryNumber("select count(*) from thing where source_id = '" + GATE + "'") == 0);
        assertThat(queryText("select state || ' ' || instance from batch where id = '" + idOf(batch) + "'"))
                .isEqualTo("RUNNING another");
        runSql("update batch set touched_at = now() - interval '1 hour' where id = '" + idOf(batch) + "'");
        awaitState(batch, "done");
        assertThat(queryNumber("select count(*) from thing where source_id = '" + GATE + "'"))
                .isEqualTo(1);
    }

    private static String file() {
        var rows = new StringBuilder("sourceId,name\n");
        for (int i = 1; i <= 7; i++) {
            rows.append(i == 6 ? GATE : "L-" + i).append(",n").append(i).append('\n');
        }
        return rows.toString();
    }

    private static String sendLater(String province, String query, String rows) {
        return post(province, query, rows, true)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private static Response sendNow(String province, String prefix, int count) {
        return sendNow(province, prefix, count, "mode=rows");
    }

    private static Response sendNow(String province, String prefix, int count, String query) {
        var rows = new StringBuilder("sourceId,name\n");
        for (int i = 1; i <= count; i++) {
            rows.append(prefix).append('-').append(i).append(",n\n");
        }
        return post(province, query, rows.toString(), false);
    }

    private static Response post(String province, String query, String rows, boolean later) {
        var request = bureau(province).contentType("text/csv").body(rows);
        return (later ? request.header("Prefer", "respond-async") : request).post("/v1/things/batches?" + query);
    }

    /** Waits until a transaction of the service waits for the row behind the gate. */
    private static void awaitWaiting() {
        awaitWaiting(Duration.ZERO);
    }

    /** Waits until a transaction has waited for a row of another one for some time. */
    private static void awaitWaiting(Duration time) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(queryNumber(
                                "select count(*) from pg_locks where not granted and locktype = 'transactionid'"
                                        + " and waitstart < clock_timestamp() - interval '" + time + "'"))
                        .isPositive());
    }

    private static void awaitState(String batch, String state) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(bureau("12").get(batch).<String>path("state"))
                        .isEqualTo(state));
    }

    private static String idOf(String batch) {
        return batch.substring(batch.lastIndexOf('/') + 1);
    }

    private static RequestSpecification bureau(String province) {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(TestTokens.bureauToken(province));
    }

    private static Connection connect(String scope) throws SQLException {
        return TestServers.connect("voyage", TestServers.ownerOf("voyage"), scope);
    }

    private static void runSql(String sql) throws SQLException {
        try (var connection = connect("all");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void runUnchecked(String sql) {
        try {
            runSql(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long queryNumber(String sql) throws SQLException {
        return Long.parseLong(queryText(sql));
    }

    private static String queryText(String sql) throws SQLException {
        try (var connection = connect("all");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
