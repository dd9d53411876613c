package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

/**
 * Test of the quotas of a province: bytes of files in progress, of kept refused rows, and of stored bytes per day. The
 * settings of the tests allow 24 MB of files in progress, 400 KB of refused rows of a file, and 1 MB of a province.
 */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class BatchQuotaIT {
    private static final String PROVINCE = "54";
    private static final String OTHER_PROVINCE = "63";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SPOOL_BYTES = 24 * 1024 * 1024;
    private static final long STORED_BYTES = 4L << 30;

    @ConfigProperty(name = "voyage.bulk.folder")
    @SuppressWarnings("NullAway.Init")
    Path spoolFolder;

    @BeforeEach
    void clearTables() throws SQLException {
        run("truncate thing, batch_chunk, batch_refusal, batch_cause, batch_detail, batch_change, batch_year, batch");
    }

    private static void run(String sql) throws SQLException {
        try (var connection = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all")) {
            TestServers.runSql(connection, sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (var connection = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all")) {
            return TestServers.queryNumber(connection, sql);
        }
    }

    private static RequestSpecification bureau(String province) {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(TestTokens.bureauToken(province));
    }

    private static ValidatableResponse post(String province, String query, String csv) {
        return bureau(province)
                .contentType("text/csv")
                .body(csv)
                .post("/v1/things/batches" + query)
                .then();
    }

    private static Response get(ValidatableResponse posted, String what) {
        return bureau(PROVINCE).get(posted.extract().header("Location") + what);
    }

    private static byte[] gzip(int bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("sourceId,name\n".getBytes(StandardCharsets.US_ASCII));
            var line = ("A,\"" + "x".repeat(8_000) + "\"\n").getBytes(StandardCharsets.US_ASCII);
            for (int written = 0; written < bytes; written += line.length) {
                gzip.write(line);
            }
        }
        return packed.toByteArray();
    }

    /** Rows that are all refused, each with its own text of a thousand characters. */
    private static String refusedRows(int rows) {
        return "sourceId,name,kind\n"
                + IntStream.range(0, rows)
                        .mapToObj(i -> "Q%d,%s,plate%d\n".formatted(i, "n".repeat(1_000), i % 7))
                        .collect(Collectors.joining());
    }

    @Test
    void files_of_all_provinces_that_fill_the_spool_leave_no_room_for_another() throws Exception {
        long limit = 100L << 30;
        Files.createDirectories(spoolFolder);
        Path others = Files.createTempFile(spoolFolder, "others", "");
        try (var file = new RandomAccessFile(others.toFile(), "rw")) {
            // It has no blocks on the disk.
            file.setLength(limit);

            post(PROVINCE, "", "sourceId,name\nA,a\n")
                    .statusCode(507)
                    .header("Retry-After", matchesPattern("[0-9]+"))
                    .body("type", equalTo("urn:voyage:problem:storage-full"))
                    .body("quota.limit", equalTo(limit))
                    .body("quota.used", greaterThan(limit - 1))
                    .body("detail", containsString("of all provinces"))
                    .body("detailZh", containsString("上限 " + limit + " 字节"));
        } finally {
            Files.delete(others);
        }
        post(PROVINCE, "", "sourceId,name\nA,a\n").statusCode(200);
    }

    @Test
    void a_small_upload_that_unpacks_beyond_the_part_of_the_province_is_refused_while_it_is_read() throws Exception {
        var body = gzip(SPOOL_BYTES - 1_000_000);
        assertThat(body.length).isLessThan(200_000);
        run("insert into batch (id, province, record, format, mode, dry_run, actor, request_id, instance, bom, state,"
                + " started_at, touched_at, spool_bytes) values (gen_random_uuid(), '" + PROVINCE
                + "', 'thing', 'CSV', 'ROWS', false, 'bureau-54', 'r', 'elsewhere', false, 'RECEIVING', now(), now(),"
                + " 2000000)");

        var refused = bureau(PROVINCE)
                .contentType("text/csv")
                .header("Content-Encoding", "gzip")
                .body(body)
                .post("/v1/things/batches")
                .then();

        refused.statusCode(429)
                .header("Retry-After", matchesPattern("[0-9]+"))
                .body("type", equalTo("urn:voyage:problem:quota-exceeded"))
                .body("quota.limit", equalTo(SPOOL_BYTES))
                .body("quota.used", greaterThan(SPOOL_BYTES))
                .body("quota.unit", equalTo("bytes"))
                .body("quota.retryAt", matchesPattern(".*Z"))
                .body("detail", containsString("stop one"))
                .body("detailZh", containsString("上限 25165824 字节"));
        get(refused, "")
                .then()
                .body("state", equalTo("failed"))
                .body("failure", equalTo("quota-exceeded"))
                .body("counts.rows", equalTo(0))
                .body("errors.rule", hasItem("quota-exceeded"));
        var id = Path.of(refused.extract().header("Location")).getFileName().toString();
        assertThat(spoolFolder.resolve(id)).doesNotExist();
        assertThat(spoolFolder.resolve(id + ".part")).doesNotExist();
        post(PROVINCE, "", "sourceId,name\nA,one\n").statusCode(200).body("counts.created", equalTo(1));
    }

    @Test
    void a_file_is_refused_before_it_is_read_when_other_instances_hold_the_part_of_its_province() throws Exception {
        run("insert into batch (id, province, record, format, mode, dry_run, actor, request_id, instance, bom, state,"
                + " started_at, touched_at, spool_bytes) values (gen_random_uuid(), '" + PROVINCE
                + "', 'thing', 'CSV', 'ROWS', false, 'bureau-54', 'r', 'elsewhere', false, 'RECEIVING', now(), now(), "
                + SPOOL_BYTES + ")");

        post(PROVINCE, "", "sourceId,name\nA,one\n")
                .statusCode(429)
                .header("Location", nullValue())
                .body("quota.used", equalTo(SPOOL_BYTES));

        assertThat(number("select count(*) from batch")).isEqualTo(1);
        post(OTHER_PROVINCE, "", "sourceId,name\nA,one\n").statusCode(200);
    }

    @Test
    void of_many_refused_rows_the_first_are_kept_and_all_are_counted() {
        var posted = post(PROVINCE, "", refusedRows(500));

        int kept = posted.statusCode(200)
                .body("counts.refused", equalTo(500))
                .body("errors.findAll { it.rule == 'kind-unknown' }.rows.sum()", equalTo(500))
                .body("warnings[0].rule", equalTo("refused-rows-left-out"))
                .extract()
                .path("refusedRowsKept");
        assertThat(kept).isBetween(200, 400);
        posted.body("warnings[0].rows", equalTo(500 - kept))
                .body("warnings[0].detail", containsString("the first " + kept + " refused rows"))
                .body("warnings[0].detailZh", containsString("前 " + kept + " 条"));
        assertThat(get(posted, "/refused").asString().lines()).hasSize(kept + 1);
        var rows = get(posted, "/rows?outcome=refused").asString().lines().toList();
        assertThat(rows).hasSize(500);
        assertThat(rows.getLast()).contains("\"line\":501").doesNotContain("errors");
    }

    @Test
    void the_rows_of_the_oldest_file_make_room_for_those_of_the_next() throws SQLException {
        var first = post(PROVINCE, "", refusedRows(250));
        var second = post(PROVINCE, "", refusedRows(250));
        post(PROVINCE, "", refusedRows(250));
        post(PROVINCE, "", refusedRows(250));
        post(OTHER_PROVINCE, "", refusedRows(250));

        var last = post(PROVINCE, "", refusedRows(250));

        get(first, "/refused")
                .then()
                .statusCode(409)
                .body("errors[0].rule", equalTo("refused-rows-deleted"))
                .body("errors[0].detailZh", containsString("保留期限"));
        get(first, "")
                .then()
                .body("refusedRowsKept", equalTo(0))
                .body("errors.findAll { it.rule == 'kind-unknown' }.rows.sum()", equalTo(250));
        get(second, "/refused").then().statusCode(200);
        get(last, "/refused").then().statusCode(200);
        assertThat(number("select sum(octet_length(raw) + octet_length(findings::text)) from batch_refusal"
                        + " where province = '" + PROVINCE + "'"))
                .isLessThan(1_600_000);
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/metrics")
                        .then()
                        .body(containsString("voyage_bulk_refused_kept_bytes{province=\"54\"}"))
                        .body(containsString("voyage_bulk_refused_limit_bytes 1600000"))
                        .body(containsString("voyage_spool_disk_free_bytes")));
    }

    @Test
    void refused_rows_and_outcomes_of_dry_runs_are_deleted_after_two_weeks() throws SQLException {
        var stored = post(PROVINCE, "", "sourceId,name,kind\nA,one,pot\nB,two,plate\n");
        var tried = post(PROVINCE, "?dryRun=true", "sourceId,name,kind\nC,one,pot\nD,two,plate\n");
        var fresh = post(PROVINCE, "", "sourceId,name,kind\nE,two,plate\n");

        for (var old : new ValidatableResponse[] {stored, tried}) {
            run("update batch set finished_at = finished_at - interval '14 days' where id = '"
                    + old.extract().path("id") + "'");
        }

        await().atMost(SOON).untilAsserted(() -> get(tried, "/refused").then().statusCode(409));
        get(tried, "/rows").then().statusCode(409).body("errors[0].rule", equalTo("refused-rows-deleted"));
        get(tried, "").then().body("errors[0].rows", equalTo(1)).body("counts.created", equalTo(1));
        await().atMost(SOON).untilAsserted(() -> get(stored, "/refused").then().statusCode(409));
        assertThat(get(stored, "/rows").asString().lines()).hasSize(2);
        get(fresh, "/refused").then().statusCode(200);
        assertThat(number("select count(*) from batch_refusal")).isEqualTo(1);
        assertThat(number("select count(*) from batch_chunk")).isEqualTo(2);
    }

    @Test
    void a_province_that_has_stored_its_bytes_of_the_day_waits_for_midnight_and_no_other_does() throws SQLException {
        awaitStoredBytes();

        run("update stored_bytes set bytes = " + STORED_BYTES + " where province = '" + PROVINCE + "'");

        await().atMost(SOON)
                .untilAsserted(
                        () -> post(PROVINCE, "", "sourceId,name\nB,two\n").statusCode(429));
        try {
            post(PROVINCE, "", "sourceId,name\nB,two\n")
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("type", equalTo("urn:voyage:problem:quota-exceeded"))
                    .body("quota.limit", equalTo(STORED_BYTES))
                    .body("quota.retryAt", matchesPattern("....-..-..T16:00:00Z"))
                    .body("detailZh", containsString("00:00:00 起可继续"))
                    .body("errors", nullValue());
            long entries = number("select count(*) from audit_entry where province = '" + PROVINCE + "'");
            bureau(PROVINCE)
                    .contentType("application/json")
                    .body("{\"nmae\":1}")
                    .put("/v1/deeds/" + PROVINCE + "/Q1")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue());
            bureau(PROVINCE)
                    .contentType("application/json")
                    .body("{\"columns\":[]}")
                    .put("/v1/column-mappings/" + PROVINCE + "/thing")
                    .then()
                    .statusCode(429)
                    .body("type", equalTo("urn:voyage:problem:quota-exceeded"));
            assertThat(number("select count(*) from audit_entry where province = '" + PROVINCE + "'"))
                    .isEqualTo(entries);
            bureau(PROVINCE).get("/v1/batches").then().statusCode(200);
            post(OTHER_PROVINCE, "", "sourceId,name\nB,two\n").statusCode(200);
            given().get("/q/metrics")
                    .then()
                    .body(containsString("voyage_quota_limit_bytes{quota=\"stored-per-day\"}"))
                    .body(containsString("voyage_quota_used_bytes{province=\"54\",quota=\"stored-per-day\"}"));
        } finally {
            run("delete from stored_bytes where province = '" + PROVINCE + "'");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> post(PROVINCE, "", "sourceId,name\nB,two\n").statusCode(200));
        }
    }

    /** Stores a row, and waits until the database has the bytes that the instance has counted so far. */
    private static void awaitStoredBytes() throws SQLException {
        run("delete from stored_bytes where province = '" + PROVINCE + "'");
        post(PROVINCE, "", "sourceId,name\nA,one\n").statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(number(
                                "select coalesce(sum(bytes), 0) from stored_bytes where province = '" + PROVINCE + "'"))
                        .isBetween(1_000L, 100_000_000L));
    }

    @Test
    void a_file_in_progress_ends_at_the_quota_of_the_day_and_says_which_rows_are_stored() throws SQLException {
        awaitStoredBytes();
        run("insert into stored_bytes values ('" + PROVINCE + "', (now() at time zone 'Asia/Shanghai')::date, "
                + (STORED_BYTES - 40_000) + ") on conflict (province, day) do update set bytes = excluded.bytes");
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> given().get("/q/metrics")
                            .then()
                            .body(containsString(
                                    "voyage_quota_used_bytes{province=\"54\",quota=\"stored-per-day\"} 4.29")));
            var rows = "sourceId,name,size\n"
                    + IntStream.range(0, 300)
                            .mapToObj(i -> "S" + i + ",n,999999\n")
                            .collect(Collectors.joining());

            var ended = post(PROVINCE, "", rows);

            ended.statusCode(429).body("detail", containsString("Rows that have an outcome are stored"));
            int stored = get(ended, "")
                    .then()
                    .body("state", equalTo("failed"))
                    .body("failure", equalTo("quota-exceeded"))
                    .body("errors.rule", hasItem("quota-exceeded"))
                    .extract()
                    .path("counts.created");
            assertThat(stored).isBetween(3, 297);
            assertThat(number("select count(*) from thing where source_id like 'S%'"))
                    .isEqualTo(stored);
        } finally {
            run("delete from stored_bytes where province = '" + PROVINCE + "'");
            await().atMost(SOON)
                    .untilAsserted(
                            () -> post(PROVINCE, "", "sourceId,name\nB,two\n").statusCode(200));
        }
    }
}
