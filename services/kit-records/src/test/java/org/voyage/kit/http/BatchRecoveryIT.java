package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dhatim.fastexcel.Workbook;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

/** Test of the state after a kill: the rows of the tables and the file, and nothing in memory. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class BatchRecoveryIT {
    /** The service's own role may neither truncate nor read rows without a caller. */
    private static Connection connectAsOwner() throws SQLException {
        return TestServers.connect("voyage", TestServers.ownerOf("voyage"), "12");
    }

    @ConfigProperty(name = "voyage.bulk.instance")
    @SuppressWarnings("NullAway.Init")
    String instance;

    @ConfigProperty(name = "voyage.bulk.folder")
    @SuppressWarnings("NullAway.Init")
    Path spoolFolder;

    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void clearTables() throws SQLException, IOException {
        runSql(
                "truncate thing, batch_chunk, batch_refusal, batch_cause, batch_detail, batch_change, batch_year, batch");
        Files.createDirectories(spoolFolder);
    }

    private void runSql(String sql) throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long queryNumber(String sql) throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String queryText(String sql) throws SQLException {
        try (var connection = connectAsOwner();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void insertUnfinishedBatch(String state, String mode, boolean dryRun, String who, String touched)
            throws SQLException {
        runSql(
                "insert into batch (id, province, record, format, mode, dry_run, actor, request_id, instance, bom, state,"
                        + " started_at, touched_at) values ('" + id + "', '12', 'thing', 'CSV', '" + mode + "', "
                        + dryRun
                        + ", 'bureau-12', 'r', '" + who + "', false, '" + state + "', now(), " + touched + ")");
    }

    private void writeSpoolFile() throws IOException {
        var text = new StringBuilder("sourceId,name,kind\n");
        for (int i = 1; i <= 10; i++) {
            text.append("K").append(i).append(",n").append(i).append(i % 5 == 0 ? ",plate\n" : ",pot\n");
        }
        var part = Files.writeString(spoolFolder.resolve(id + ".tmp"), text);
        Files.move(part, spoolFolder.resolve(id.toString()));
    }

    private void storeFirstSixRows() throws SQLException {
        runSql("insert into batch_chunk values ('" + id + "', 1, 'CCC'), ('" + id + "', 4, 'CRC')");
        runSql(
                "insert into batch_refusal values ('" + id
                        + "', 5, 6, 'K5,n5,plate', true, '[{\"pointer\":\"/kind\",\"rule\":\"kind-unknown\",\"detail\":\"d\",\"detailZh\":\"z\"}]')");
        runSql("insert into batch_cause values ('" + id
                + "', true, 'kind-unknown', '/kind', 'plate', 1, 5, 'K5', '\"plate\" is not', 'z')");
        for (int i : new int[] {1, 2, 3, 4, 6}) {
            runSql("insert into thing values ('12', 'K" + i + "', 'n" + i + "', null)");
        }
        runSql("update batch set rows_read = 6, created = 5, refused = 1, kept_rows = 1, receipt = '' where id = '" + id
                + "'");
    }

    private void awaitState(String state) {
        awaitState(id, state);
    }

    private static void awaitState(UUID batch, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(given().auth()
                                .oauth2(TestTokens.bureauToken("12"))
                                .get("/v1/batches/" + batch)
                                .<String>path("state"))
                        .isEqualTo(state));
    }

    @Test
    void a_file_that_is_here_goes_on_behind_its_last_stored_row() throws SQLException, IOException {
        insertUnfinishedBatch("DONE", "ROWS", false, instance, "now()");
        storeFirstSixRows();
        writeSpoolFile();
        runSql("update batch set state = 'RUNNING' where id = '" + id + "'");
        awaitState("done");
        given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/batches/" + id)
                .then()
                .body("counts.rows", equalTo(10))
                .body("counts.created", equalTo(8))
                .body("counts.unchanged", equalTo(0))
                .body("counts.refused", equalTo(2))
                .body("receipt", notNullValue())
                .body("errors", hasSize(1))
                .body("errors[0].rows", equalTo(2))
                .body("errors[0].firstRow", equalTo(5));
        assertThat(queryNumber("select count(*) from thing")).isEqualTo(8);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(spoolFolder.resolve(id.toString())).doesNotExist());
    }

    static Stream<Arguments> files() throws IOException {
        var sheet = new ByteArrayOutputStream();
        try (var book = new Workbook(sheet, "Clerk", null)) {
            var rows = book.newWorksheet("物品");
            rows.value(0, 0, "sourceId");
            rows.value(0, 1, "name");
            rows.value(1, 0, "W1");
            rows.value(1, 1, "Wombat");
        }
        return Stream.of(
                Arguments.of("text/csv", "sourceId,name\nW1,Wombat\n".getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "application/x-ndjson",
                        "{\"sourceId\":\"W1\",\"name\":\"Wombat\"}\n".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.toByteArray()));
    }

    /**
     * Another transaction writes the row while the test examines the disk; then the test restores the state of that
     * time.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void what_lies_on_the_disk_can_be_read_with_the_key_in_the_row_only_which_goes_with_the_end(
            String type, byte[] sent) throws SQLException, IOException {
        UUID batch;
        byte[] hidden;
        String key;
        try (var other = connectAsOwner();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into thing values ('12', 'W1', 'mine', null)");
            var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
            String posted = given().config(RestAssuredConfig.config().encoderConfig(asIs))
                    .auth()
                    .oauth2(TestTokens.bureauToken("12"))
                    .header("Prefer", "respond-async")
                    .contentType(type)
                    .body(sent)
                    .post("/v1/things/batches")
                    .path("id");
            batch = UUID.fromString(posted);
            hidden = Files.readAllBytes(spoolFolder.resolve(posted));
            key = queryText("select file_key::text from batch where id = '" + batch + "'");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spoolFolder.resolve(posted))))
                    .isEqualTo("rw-------");
            other.rollback();
        }
        assertThat(new String(hidden, StandardCharsets.UTF_8)).doesNotContain("Wombat", "sourceId");
        assertThat(Arrays.copyOf(hidden, 4)).isNotEqualTo(Arrays.copyOf(sent, 4));
        awaitEnd(batch);

        runSql("truncate thing, batch_chunk");
        Files.write(spoolFolder.resolve(batch.toString()), hidden);
        runSql("update batch set state = 'RUNNING', rows_read = 0, created = 0, file_key = '" + key + "' where id = '"
                + batch + "'");
        awaitEnd(batch);

        assertThat(queryNumber("select created from batch where id = '" + batch + "'"))
                .isEqualTo(1);
        assertThat(queryText("select name from thing")).isEqualTo("Wombat");
    }

    private void awaitEnd(UUID batch) throws SQLException {
        awaitState(batch, "done");
        assertThat(queryNumber("select count(*) from batch where file_key is not null"))
                .isZero();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(spoolFolder.resolve(batch.toString())).doesNotExist());
    }

    @Test
    void a_dry_run_starts_over() throws SQLException, IOException {
        insertUnfinishedBatch("DONE", "ROWS", true, instance, "now()");
        runSql("insert into batch_chunk values ('" + id + "', 1, 'CCC')");
        runSql("update batch set rows_read = 3, created = 3 where id = '" + id + "'");
        writeSpoolFile();
        runSql("update batch set state = 'RUNNING' where id = '" + id + "'");
        awaitState("done");
        assertThat(queryNumber("select rows_read from batch")).isEqualTo(10);
        assertThat(queryNumber("select created from batch")).isEqualTo(8);
        assertThat(queryNumber("select count(*) from thing")).isZero();
    }

    @Test
    void all_or_nothing_starts_over_too() throws SQLException, IOException {
        insertUnfinishedBatch("DONE", "ALL", false, instance, "now()");
        runSql("insert into batch_chunk values ('" + id + "', 1, 'CCC')");
        Files.writeString(spoolFolder.resolve(id.toString()), "sourceId,name\nA,a\nB,b\n");
        runSql("update batch set state = 'RUNNING' where id = '" + id + "'");
        awaitState("done");
        assertThat(queryNumber("select count(*) from thing")).isEqualTo(2);
        assertThat(queryNumber("select created from batch")).isEqualTo(2);
    }

    @Test
    void a_file_whose_upload_broke_off_is_interrupted_and_nothing_of_it_is_left() throws SQLException, IOException {
        Files.writeString(spoolFolder.resolve(id + ".part"), "sourceId,na");
        insertUnfinishedBatch("RECEIVING", "ROWS", false, instance, "now()");
        awaitState("interrupted");
        assertThat(queryNumber("select count(*) from thing")).isZero();
        assertThat(spoolFolder.resolve(id + ".part")).doesNotExist();
    }

    @Test
    void what_another_instance_left_is_taken_up_by_the_one_that_has_the_file() throws SQLException, IOException {
        writeSpoolFile();
        insertUnfinishedBatch("RUNNING", "ROWS", false, "gone", "now() - interval '1 hour'");
        awaitState("done");
        assertThat(queryNumber("select count(*) from thing")).isEqualTo(8);
    }

    /** Two processes with one HOSTNAME took each other's batches while they worked on them. */
    @ParameterizedTest
    @ValueSource(strings = {"alive", "of this name", "of this name, another process"})
    void what_another_living_process_works_on_is_left_alone(String who) throws SQLException, IOException {
        var other =
                who.replace("of this name, another process", instance + "/9b1d").replace("of this name", instance);
        writeSpoolFile();
        insertUnfinishedBatch("RUNNING", "ROWS", false, other, "now() + interval '1 hour'");
        var mine = UUID.randomUUID();
        // The recovery of the test's own batch shows that the sweep has run.
        runSql(
                "insert into batch (id, province, record, format, mode, dry_run, actor, request_id, instance, bom, state,"
                        + " started_at, touched_at) values ('" + mine
                        + "', '12', 'thing', 'CSV', 'ROWS', false, 'a', 'r', '"
                        + instance + "', false, 'RUNNING', now(), now() - interval '1 minute')");
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(queryNumber(
                                "select count(*) from batch where id = '" + mine + "' and state = 'INTERRUPTED'"))
                        .isEqualTo(1));
        assertThat(queryNumber("select count(*) from batch where instance = '" + other + "' and state = 'RUNNING'"))
                .isEqualTo(1);
        assertThat(queryNumber("select count(*) from thing")).isZero();
        Files.delete(spoolFolder.resolve(id.toString()));
    }
}
