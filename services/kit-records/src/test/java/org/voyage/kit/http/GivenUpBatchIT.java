package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

/** Test of batches whose attempts all end with a temporary failure. The tests allow two attempts. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class GivenUpBatchIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final Map<String, String> BATCHES = new HashMap<>();

    @ConfigProperty(name = "voyage.bulk.folder")
    @SuppressWarnings("NullAway.Init")
    Path spoolFolder;

    /** All batches wait at the same time, so that the pauses between the attempts pass once. */
    @BeforeEach
    void sendFilesOnce() throws Exception {
        if (!BATCHES.isEmpty()) {
            return;
        }
        run("delete from thing where source_id like 'G%'");
        int number = 0;
        for (String query : List.of("mode=rows", "mode=all", "dryRun=true")) {
            for (String name : List.of("timed-out", "unreachable")) {
                String rows = "sourceId,name\nG-%d,%s\n".formatted(number++, name);
                BATCHES.put(query + " " + name, post(query, rows));
            }
        }
        BATCHES.put("second chunk", post("mode=rows", "sourceId,name\nGC1,a\nGC2,b\nGC3,c\nGC4,unreachable\n"));
        BATCHES.put("one crash", leave(1, "sourceId,name\nGO1,a\nGO2,b\n"));
        BATCHES.put("two crashes", leave(2, "sourceId,name\nGT1,a\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode=rows timed-out",
                "mode=rows unreachable",
                "mode=all timed-out",
                "mode=all unreachable",
                "dryRun=true timed-out",
                "dryRun=true unreachable"
            })
    void a_batch_that_never_gets_on_fails_after_the_last_attempt(String name) throws SQLException {
        String batch = awaitState(name, "failed");

        bureau().get(batch)
                .then()
                .body("failure", equalTo("unavailable"))
                .body("finishedAt", containsString("T"))
                .body("errors", hasSize(1))
                .body("errors[0].rule", equalTo("attempts-used-up"))
                .body("errors[0].rows", equalTo(0))
                .body("errors[0].detail", containsString("2 times"))
                .body("errors[0].detailZh", containsString("2 次"));
        assertThat(number("select count(*) from thing where source_id like 'G-%'"))
                .isZero();
        assertThat(number("select attempts from batch where id = '" + id(batch) + "'"))
                .isEqualTo(2);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(spoolFolder.resolve(id(batch).toString())).doesNotExist());
        given().get("/q/metrics").then().body(containsString("voyage_bulk_given_up_total"));
    }

    @Test
    void rows_of_stored_chunks_stay_when_the_batch_fails() throws SQLException {
        String batch = awaitState("second chunk", "failed");

        bureau().get(batch)
                .then()
                .body("counts.created", equalTo(3))
                .body("counts.rows", equalTo(3))
                .body("errors[0].detail", containsString("are stored"))
                .body("errors[0].detailZh", containsString("已入库"));
        assertThat(number("select count(*) from thing where source_id like 'GC%'"))
                .isEqualTo(3);
    }

    @Test
    void a_stored_chunk_begins_the_count_of_attempts_again() throws SQLException {
        String batch = awaitState("one crash", "done");

        assertThat(number("select attempts from batch where id = '" + id(batch) + "'"))
                .isZero();
    }

    /** A crash leaves no failure behind, only the counted attempts. */
    @Test
    void a_batch_whose_attempts_all_crashed_is_not_begun_again() throws SQLException {
        awaitState("two crashes", "failed");

        assertThat(number("select count(*) from thing where source_id like 'GT%'"))
                .isZero();
    }

    private String leave(int attempts, String file) throws Exception {
        UUID id = UUID.randomUUID();
        Files.createDirectories(spoolFolder);
        Files.writeString(spoolFolder.resolve(id.toString()), file);
        run("insert into batch (id, province, record, format, mode, dry_run, actor, request_id, instance, bom, state,"
                + " started_at, touched_at, attempts) values ('" + id + "', '12', 'thing', 'CSV', 'ROWS', false,"
                + " 'bureau-12', 'r', 'gone', false, 'RUNNING', now(), now() - interval '1 hour', " + attempts + ")");
        return "/v1/batches/" + id;
    }

    private static String post(String query, String rows) {
        return bureau().header("Prefer", "respond-async")
                .contentType("text/csv")
                .body(rows)
                .post("/v1/things/batches?" + query)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private String awaitState(String name, String state) {
        String batch = Objects.requireNonNull(BATCHES.get(name));
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(bureau().get(batch).<String>path("state")).isEqualTo(state));
        return batch;
    }

    private static UUID id(String batch) {
        return UUID.fromString(batch.substring(batch.lastIndexOf('/') + 1));
    }

    private static RequestSpecification bureau() {
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(TestTokens.bureauToken("12"));
    }

    private static void run(String sql) throws SQLException {
        try (var connection = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "12");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (var connection = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "12");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
