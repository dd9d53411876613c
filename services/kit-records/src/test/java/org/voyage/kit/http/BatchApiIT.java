package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class BatchApiIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";

    @ConfigProperty(name = "voyage.bulk.folder")
    @SuppressWarnings("NullAway.Init")
    Path spoolFolder;

    /** The service's own role may neither truncate nor read rows without a caller. */
    private static Connection connectAsOwner() throws SQLException {
        return TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all");
    }

    @BeforeEach
    void clearTables() throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement()) {
            statement.execute(
                    "truncate thing, batch_chunk, batch_refusal, batch_cause, batch_detail, batch_change, batch_year, batch");
        }
    }

    private long countThings() throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from thing")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static RequestSpecification bureau() {
        return asSent(TestTokens.bureauToken("12"));
    }

    /** REST Assured would add a charset of its own to the media type. */
    private static RequestSpecification asSent(String token) {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(token);
    }

    private static ValidatableResponse postBatch(String type, String query, byte[] body) {
        return bureau().contentType(type)
                .body(body)
                .post("/v1/things/batches" + query)
                .then();
    }

    private static ValidatableResponse postBatch(String type, String query, String body) {
        return postBatch(type, query, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Response followLink(ValidatableResponse posted, String what) {
        return bureau().get(posted.extract().header("Location") + what);
    }

    @Test
    void each_row_is_judged_by_itself() throws SQLException {
        var posted = postBatch(NDJSON, "", """
                {"sourceId":"A","name":"one"}
                {"sourceId":"B","nmae":"two"}

                {"sourceId":"C"
                {"sourceId":"A","name":"one again"}
                {"sourceId":"D","name":"four","province":"32"}
                {"sourceId":"A","withdraw":true,"reason":"twice"}
                {"name":"nameless"}
                {"sourceId":"E","name":"七"}""");
        posted.statusCode(200)
                .header("Voyage-Receipt", not(nullValue()))
                .header("Location", containsString("/v1/batches/"))
                .body("state", equalTo("done"))
                .body("mode", equalTo("rows"))
                .body("counts.rows", equalTo(8))
                .body("counts.created", equalTo(2))
                .body("counts.corrected", equalTo(1))
                .body("counts.withdrawn", equalTo(1))
                .body("counts.refused", equalTo(4))
                .body("errors.find { it.rule == 'malformed' }.firstRow", equalTo(3))
                .body("errors.find { it.rule == 'malformed' }.detail", containsString("line 4"))
                .body("errors.find { it.rule == 'province-other' }.rows", equalTo(1));
        assertThat(countThings()).isEqualTo(1);
        var rows = followLink(posted, "/rows").asString().lines().toList();
        assertThat(rows).hasSize(8);
        assertThat(rows.get(0)).isEqualTo("{\"row\":1,\"outcome\":\"created\",\"line\":1,\"sourceId\":\"A\"}");
        assertThat(rows.get(1)).contains("\"outcome\":\"refused\"", "\"line\":2", "unknown-property");
        assertThat(rows.get(5)).contains("\"row\":6,\"outcome\":\"withdrawn\",\"line\":");
    }

    /** Collector of the stack traces in the log. */
    private static final class StackTraceCollector extends Handler implements AutoCloseable {
        private final Queue<Throwable> stackTraces = new ConcurrentLinkedQueue<>();

        StackTraceCollector() {
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getThrown() != null) {
                stackTraces.add(line.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            Logger.getLogger("").removeHandler(this);
        }
    }

    /** Each broken upload wrote 80 lines into the log. */
    @Test
    void of_a_file_whose_upload_broke_off_its_sender_reads_what_to_do_and_the_log_no_stack_trace() throws IOException {
        try (var log = new StackTraceCollector()) {
            breakOffUpload();
            assertThat(log.stackTraces).isEmpty();
        }
    }

    private static void breakOffUpload() throws IOException {
        var head = "POST /v1/things/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TestTokens.bureauToken("12") + "\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n\r\n";
        try (var leaving = new Socket("localhost", RestAssured.port)) {
            leaving.getOutputStream().write((head + "sourceId,name\nA,one\n").getBytes(StandardCharsets.US_ASCII));
            await().atMost(SOON).until(() -> listInState("receiving").size() == 1);
        }
        await().atMost(SOON).until(() -> listInState("interrupted").size() == 1);
        bureau().get("/v1/batches/" + listInState("interrupted").getFirst())
                .then()
                .body("failure", equalTo("malformed"))
                .body("errors[0].detail", containsString("send it again"))
                .body("errors[0].detailZh", containsString("重新报送"));
    }

    private static List<String> listInState(String state) {
        return bureau().get("/v1/batches?state=" + state).path("items.id");
    }

    @Test
    void refused_rows_come_back_corrected_and_go_through() throws SQLException {
        var posted = postBatch(
                CSV,
                "",
                "\uFEFFsourceId,name,size\r\nA,\"锅, 大\n的\",3\r\nB,碗,many\r\nC,杯\r\nD,盘,4\r\n,,\r\n\r\nE,\"勺\"x,1\r\n");
        posted.statusCode(200).body("counts.created", equalTo(1)).body("counts.refused", equalTo(4));
        var refused = followLink(posted, "/refused");
        assertThat(refused.contentType()).startsWith("text/csv");
        var file = new String(refused.asByteArray(), StandardCharsets.UTF_8);
        assertThat(file).startsWith("\uFEFFrefusedBecause,sourceId,name,size\r\n\"");
        assertThat(file)
                .contains("\",B,碗,many\r\n", "\"第 5 行 (line 5)：", "\"第 9 行 (line 9)：")
                .doesNotContain("杯", "勺");

        var again = postBatch(CSV, "", file);
        again.body("counts.refused", equalTo(4));
        assertThat(new String(followLink(again, "/refused").asByteArray(), StandardCharsets.UTF_8))
                .contains("\",B,碗,many\r\n");

        var repaired = file.replace("many", "7").replace("\"锅, 大\n的\"", "锅");
        postBatch(CSV, "", repaired).body("counts.created", equalTo(2)).body("counts.refused", equalTo(2));
        assertThat(countThings()).isEqualTo(3);
    }

    /** Such lines held names and passport numbers of another collection's records. */
    @Test
    void of_a_line_that_cannot_be_placed_only_its_line_and_reason_come_back() {
        var posted = postBatch(
                NDJSON,
                "",
                "{\"sourceId\":\"A\",\"name\":7}\nnot json\u0000\n{\"sourceId\":\"B\",\"passport\":\"E1\"}\n");
        var file = followLink(posted, "/refused").asString();
        assertThat(file.lines().toList().get(0)).startsWith("{\"sourceId\":\"A\",\"name\":7,\"refusedBecause\":\"名称：");
        assertThat(file.lines().toList().get(1)).startsWith("{\"refusedBecause\":\"第 2 行 (line 2)：");
        assertThat(file.lines().toList().get(2)).startsWith("{\"refusedBecause\":\"第 3 行 (line 3)：");
        assertThat(followLink(posted, "/rows").asString()).doesNotContain("\"B\"", "E1");
        var again = postBatch(NDJSON, "", file.replace("\"name\":7", "\"name\":\"seven\""));
        again.body("counts.created", equalTo(1)).body("counts.refused", equalTo(2));
    }

    @Test
    void all_or_nothing_keeps_nothing_when_one_row_is_refused() throws SQLException {
        var posted = postBatch(NDJSON, "?mode=all", ndjsonRows(10, "") + "{\"sourceId\":\"X\"}\n");
        posted.statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("/rows/11/name"))
                .header("Voyage-Receipt", nullValue());
        assertThat(countThings()).isZero();
        followLink(posted, "").then().body("state", equalTo("failed")).body("failure", equalTo("invalid"));
    }

    @Test
    void all_or_nothing_keeps_all() throws SQLException {
        postBatch(NDJSON, "?mode=all", ndjsonRows(10, "")).statusCode(200).header("Voyage-Receipt", not(nullValue()));
        assertThat(countThings()).isEqualTo(10);
    }

    @Test
    void a_dry_run_says_what_would_be_and_leaves_nothing() throws SQLException {
        postBatch(NDJSON, "?dryRun=true", ndjsonRows(10, "") + "{\"sourceId\":\"X\"}\n")
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("counts.created", equalTo(10))
                .body("counts.refused", equalTo(1))
                .body("receipt", nullValue())
                .header("Voyage-Receipt", nullValue());
        assertThat(countThings()).isZero();
    }

    @Test
    void a_file_is_stored_only_if_it_is_the_tried_one() throws SQLException {
        var file = ndjsonRows(3, "");
        var dry = postBatch(NDJSON, "?dryRun=true", file);
        var tried = "?tried=" + dry.extract().path("id");

        postBatch(NDJSON, tried, file + "\n")
                .statusCode(409)
                .body("errors[0].rule", equalTo("tried-differs"))
                .body("errors[0].pointer", equalTo("?tried"));
        asSent(TestTokens.bureauToken("32"))
                .contentType(NDJSON)
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/v1/things/batches" + tried)
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("tried-unknown"));
        postBatch(NDJSON, tried + "&dryRun=true", file).statusCode(400).body("errors[0].pointer", equalTo("?tried"));
        postBatch(NDJSON, "?tried=7", file).statusCode(400).body("errors[0].rule", equalTo("batch-id"));
        assertThat(countThings()).isZero();

        postBatch(NDJSON, tried + "&mode=all", file).statusCode(200).body("counts.created", equalTo(3));
        assertThat(countThings()).isEqualTo(3);
        var stored = "?tried=" + postBatch(NDJSON, tried, file).extract().path("id");
        postBatch(NDJSON, stored, file).statusCode(409).body("errors[0].rule", equalTo("tried-unknown"));
    }

    @Test
    void rows_that_were_refused_are_tried_in_the_mode_that_stores_them() {
        var file = ndjsonRows(2, "") + "{\"sourceId\":\"X\"}\n";
        var tried =
                "?tried=" + postBatch(NDJSON, "?dryRun=true", file).extract().path("id");

        postBatch(NDJSON, tried + "&mode=all", file).statusCode(409).body("errors[0].rule", equalTo("tried-mode"));
        postBatch(NDJSON, tried, file).statusCode(200).body("counts.created", equalTo(2));
    }

    @Test
    void a_file_is_stopped_while_it_runs_and_mode_all_stores_nothing() throws SQLException {
        String location;
        try (var blocking = connectAsOwner();
                var statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("insert into thing values ('12', 'LAST', 'one', null)");
            location = asSent(TestTokens.bureauToken("12"))
                    .header("Prefer", "respond-async")
                    .contentType(NDJSON)
                    .body((ndjsonRows(3, "") + "{\"sourceId\":\"LAST\",\"name\":\"two\"}\n")
                            .getBytes(StandardCharsets.UTF_8))
                    .post("/v1/things/batches?mode=all")
                    .then()
                    .statusCode(202)
                    .extract()
                    .header("Location");
            await().atMost(SOON).untilAsserted(() -> assertThat(countBlocked()).isPositive());

            asSent(TestTokens.bureauToken("32")).delete(location).then().statusCode(404);
            asSent(TestTokens.operatorToken()).delete(location).then().statusCode(403);
            for (int times = 0; times < 2; times++) {
                bureau().delete(location)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("failed"))
                        .body("failure", equalTo("stopped"));
            }
            blocking.rollback();
        }
        var spooled = spoolFolder.resolve(location.replaceAll(".*/", ""));
        await().atMost(SOON).untilAsserted(() -> assertThat(spooled).doesNotExist());
        assertThat(countThings()).isZero();
        bureau().get(location).then().body("failure", equalTo("stopped")).body("receipt", nullValue());
    }

    @Test
    void only_a_file_that_has_not_ended_is_stopped_on_whichever_instance() throws SQLException {
        var done = postBatch(NDJSON, "", ndjsonRows(1, "")).extract().header("Location");
        bureau().delete(done).then().statusCode(200).body("state", equalTo("done"));
        try (var connection = connectAsOwner();
                var statement = connection.createStatement()) {
            statement.execute("update batch set state = 'RUNNING', finished_at = null, instance = 'another/1'");
        }

        bureau().delete(done).then().statusCode(200).body("failure", equalTo("stopped"));
    }

    /** Returns the number of statements that wait for a lock of another transaction. */
    private static long countBlocked() throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void the_rows_of_a_batch_are_read_in_pages() {
        var posted = postBatch(NDJSON, "", ndjsonRows(10, ""));
        var all = followLink(posted, "/rows").asString().lines().toList();
        assertThat(followLink(posted, "/rows?limit=4").asString().lines()).containsExactlyElementsOf(all.subList(0, 4));
        assertThat(followLink(posted, "/rows?limit=5&after=4").asString().lines())
                .containsExactlyElementsOf(all.subList(4, 9));
        assertThat(followLink(posted, "/rows?after=8").asString().lines())
                .containsExactlyElementsOf(all.subList(8, 10));
        assertThat(followLink(posted, "/rows?after=10").asString()).isEmpty();
        followLink(posted, "/rows?limit=0").then().statusCode(400).body("errors[0].pointer", equalTo("?limit"));
    }

    @Test
    void the_rows_of_some_outcomes_are_read_without_the_others() {
        var posted = postBatch(
                NDJSON,
                "",
                ndjsonRows(5, "") + "{\"sourceId\":\"X\"}\n" + ndjsonRows(5, "b") + "{\"sourceId\":\"Y\"}\n");
        var all = followLink(posted, "/rows").asString().lines().toList();

        assertThat(followLink(posted, "/rows?outcome=refused").asString().lines())
                .containsExactly(all.get(5), all.get(11));
        assertThat(followLink(posted, "/rows?outcome=refused&limit=1&after=6")
                        .asString()
                        .lines())
                .containsExactly(all.get(11));
        assertThat(followLink(posted, "/rows?outcome=created&limit=2&after=4")
                        .asString()
                        .lines())
                .containsExactly(all.get(4), all.get(6));
        assertThat(followLink(posted, "/rows?outcome=created,refused")
                        .asString()
                        .lines())
                .containsExactlyElementsOf(all);
        assertThat(followLink(posted, "/rows?outcome=parked").asString()).isEmpty();
        followLink(posted, "/rows?outcome=lost").then().statusCode(400).body("errors[0].pointer", equalTo("?outcome"));
    }

    @Test
    void the_causes_of_several_files_are_added_up_for_those_who_may_see_them() {
        var first = postBatch(CSV, "", "sourceId,name,size\nA,一,many\nB,二,many\nC,三,few\n");
        var second = postBatch(CSV, "?dryRun=true", "sourceId,name,size\nD,四,many\nE,,5\n");
        var newest = second.extract().header("Location").replaceAll(".*/", "");
        first.body("counts.refused", equalTo(3));

        var causes =
                bureau().get("/v1/refusals").then().statusCode(200).extract().jsonPath();

        var sizes = "items.find { it.pointer == '/size' }.";
        assertThat(causes.getString("items[0].pointer")).isEqualTo("/size");
        assertThat(causes.getInt(sizes + "rows")).isEqualTo(4);
        assertThat(causes.getInt(sizes + "files")).isEqualTo(2);
        assertThat(causes.getList(sizes + "values.collect { it.value + it.rows }"))
                .containsExactly("many3", "few1");
        assertThat(causes.getString(sizes + "batch")).isEqualTo(newest);
        assertThat(causes.getString(sizes + "repairZh")).isNotEmpty();
        assertThat(causes.getInt("items.find { it.pointer == '/name' }.rows")).isEqualTo(1);
        for (var query : List.of("?province=32", "?from=2100-01-01T00:00:00Z")) {
            bureau().get("/v1/refusals" + query).then().statusCode(200).body("items.size()", equalTo(0));
        }
        asSent(TestTokens.bureauToken("32"))
                .get("/v1/refusals")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        asSent(TestTokens.operatorToken())
                .get("/v1/refusals?province=12&record=thing")
                .then()
                .body("items.size()", equalTo(2))
                .body("items[0].provinces", equalTo(List.of("12")))
                .body("items[0].records", equalTo(List.of("thing")));
        bureau().get("/v1/refusals?record=lost").then().statusCode(400);
    }

    @Test
    void a_deadlock_is_tried_again() {
        postBatch(NDJSON, "", ndjsonRows(2, "") + "{\"sourceId\":\"S\",\"name\":\"stumble\"}\n")
                .statusCode(200)
                .body("counts.created", equalTo(3));
    }

    @Test
    void a_row_that_the_database_refuses_does_not_take_its_neighbours_along() throws SQLException {
        var posted = postBatch(
                NDJSON, "", ndjsonRows(2, "") + "{\"sourceId\":\"S\",\"name\":\"dragon\"}\n" + ndjsonRows(3, "b"));
        posted.statusCode(200)
                .body("counts.created", equalTo(5))
                .body("counts.refused", equalTo(1))
                .body("errors[0].rule", equalTo("got-in-between"));
        assertThat(countThings()).isEqualTo(5);
        assertThat(followLink(posted, "/rows").asString().lines()).hasSize(6);
    }

    @Test
    void rows_stored_before_an_internal_error_stay_and_are_reported() throws SQLException {
        var posted = postBatch(NDJSON, "", ndjsonRows(3, "") + "{\"sourceId\":\"S\",\"name\":\"boom\"}\n");
        posted.statusCode(500).body("type", endsWith("internal")).header("Location", containsString("/v1/batches/"));
        assertThat(countThings()).isEqualTo(3);
        followLink(posted, "").then().body("state", equalTo("failed")).body("counts.created", equalTo(3));
        assertThat(followLink(posted, "/rows").asString().lines()).hasSize(3);
    }

    @Test
    void a_row_over_the_limit_is_refused_and_the_file_goes_on() {
        var posted = postBatch(
                NDJSON,
                "",
                ndjsonRows(1, "") + "{\"sourceId\":\"L\",\"name\":\"" + "x".repeat(50_000) + "\"}\n"
                        + ndjsonRows(1, "b"));
        posted.body("counts.created", equalTo(2)).body("errors[0].rule", equalTo("row-too-large"));
        assertThat(followLink(posted, "/refused").asString().length()).isLessThan(2000);
    }

    @Test
    void a_quote_that_never_closes_costs_one_row() {
        postBatch(CSV, "", "sourceId,name\nA,\"open\nB,two\nC,three\n")
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(1));
    }

    @Test
    void gzip_is_read_and_broken_gzip_refused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(ndjsonRows(5, "").getBytes(StandardCharsets.UTF_8));
        }
        bureau().header("Content-Encoding", "gzip")
                .contentType(NDJSON)
                .body(bytes.toByteArray())
                .post("/v1/things/batches")
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(5));
        bureau().header("Content-Encoding", "gzip")
                .contentType(NDJSON)
                .body("plain".getBytes(StandardCharsets.UTF_8))
                .post("/v1/things/batches")
                .then()
                .statusCode(400);
    }

    @Test
    void a_file_that_cannot_be_read_at_all_is_refused_as_a_whole() {
        postBatch(NDJSON, "", "").statusCode(400);
        postBatch(NDJSON, "", "\n\n").statusCode(400);
        postBatch(CSV, "", "sourceId,name\n").statusCode(400);
        postBatch(CSV, "", "id,name\nA,b\n").statusCode(400).body("detail", containsString("sourceId"));
        postBatch(CSV, "", "sourceId,name,name\nA,b,c\n")
                .statusCode(422)
                .body("errors.rule", equalTo(List.of("column-twice")));
        postBatch(CSV, "", "sourceId,name\nA,b\n".getBytes(StandardCharsets.UTF_16LE))
                .statusCode(400);
        postBatch("text/csv; charset=big5", "", "sourceId,name\nA,b\n").statusCode(415);
        postBatch("application/x-ndjson; charset=gbk", "", ndjsonRows(1, "")).statusCode(415);
        postBatch("application/json", "", "[]")
                .statusCode(415)
                .body("detail", containsString("it takes application/vnd.openxmlformats"))
                .body("detail", containsString("application/x-ndjson, text/csv"))
                .body("detailZh", containsString("可接受"));
        postBatch(NDJSON, "?mode=most", ndjsonRows(1, "")).statusCode(400);
        postBatch(NDJSON, "?dryrun=true", ndjsonRows(1, "")).statusCode(400).body("detail", containsString("dryRun"));
    }

    @Test
    void a_content_type_that_is_none_is_refused_as_another_one() {
        postBatch("json", "", ndjsonRows(1, "")).statusCode(415);
        postBatch("/", "", ndjsonRows(1, "")).statusCode(415);
    }

    @Test
    void batches_are_seen_by_their_province_and_the_nation_only() {
        var posted = postBatch(NDJSON, "", ndjsonRows(1, ""));
        var location = posted.extract().header("Location");
        assertThat(answerToOther(location)).isEqualTo(answerToOther("/v1/batches/" + UUID.randomUUID()));
        asSent(TestTokens.bureauToken("32")).get("/v1/batches").then().body("items.size()", equalTo(0));
        asSent(TestTokens.operatorToken()).get(location).then().statusCode(200);
        asSent(TestTokens.operatorToken())
                .contentType(NDJSON)
                .body(ndjsonRows(1, "").getBytes(StandardCharsets.UTF_8))
                .post("/v1/things/batches")
                .then()
                .statusCode(403);
    }

    private static String answerToOther(String path) {
        return asSent(TestTokens.bureauToken("32"))
                .header("X-Request-Id", "same")
                .get(path)
                .then()
                .statusCode(404)
                .extract()
                .asString();
    }

    @Test
    void batches_are_listed_newest_first_in_pages() {
        for (int i = 0; i < 3; i++) {
            postBatch(NDJSON, "", ndjsonRows(1, "p" + i));
        }
        var first = bureau().get("/v1/batches?limit=2").then().body("items.size()", equalTo(2));
        String next = first.extract().path("next");
        bureau().get("/v1/batches?limit=2&cursor=" + next)
                .then()
                .body("items.size()", equalTo(1))
                .body("next", nullValue());
        bureau().get("/v1/batches?cursor=x" + next).then().statusCode(400);
    }

    @Test
    void batches_are_found_by_what_they_are_and_how_they_ended() {
        postBatch(NDJSON, "", ndjsonRows(1, "f")).statusCode(200);
        postBatch(NDJSON, "", "").statusCode(400);

        bureau().get("/v1/batches?state=failed")
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].failure", equalTo("malformed"));
        bureau().get("/v1/batches?state=done&record=thing").then().body("items.size()", equalTo(1));
        bureau().get("/v1/batches?record=guest").then().body("items.size()", equalTo(0));
        bureau().get("/v1/batches?record=things")
                .then()
                .statusCode(400)
                .body("errors[0].rule", equalTo("record-unknown"))
                .body("errors[0].detail", containsString("thing"));
        bureau().get("/v1/batches?province=32").then().body("items.size()", equalTo(0));
        asSent(TestTokens.operatorToken()).get("/v1/batches?province=12").then().body("items.size()", equalTo(2));
        asSent(TestTokens.operatorToken()).get("/v1/batches?province=32").then().body("items.size()", equalTo(0));
        bureau().get("/v1/batches?state=faild").then().statusCode(400).body("errors[0].rule", equalTo("state-unknown"));
        String next = bureau().get("/v1/batches?limit=1").path("next");
        bureau().get("/v1/batches?limit=1&state=done&cursor=" + next).then().statusCode(400);
    }

    private static String ndjsonRows(int count, String prefix) {
        var rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append("{\"sourceId\":\"").append(prefix).append(i).append("\",\"name\":\"thing\"}\n");
        }
        return rows.toString();
    }
}
