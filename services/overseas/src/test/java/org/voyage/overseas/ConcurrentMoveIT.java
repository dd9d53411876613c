package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.put;
import static org.voyage.kittest.TestServers.queryNumber;
import static org.voyage.kittest.TestServers.runSql;
import static org.voyage.overseas.OverseasBodies.openSchool;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

/**
 * Integration test of a school's rename during a correction of one of its headcounts. The school's writer holds the
 * school and needs the headcount. A writer of the headcount that held it and needed the school would cause a deadlock.
 */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ConcurrentMoveIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String DEADLOCKS_SQL =
            "select deadlocks from pg_stat_database where datname = current_database()";
    /** Selects sessions that wait longer than a shared transaction waits for a lock (ADR 17). */
    private static final String WAITING_WRITERS_SQL =
            "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and wait_event_type = 'Lock' and clock_timestamp() - state_change > interval '600 ms'";

    private final String old = newSourceId("OLD");
    private final String other = newSourceId("NEW");
    private final String headcount = "/v1/overseas-headcounts/35/" + newSourceId("H");

    @Test
    void a_rename_and_a_correction_do_not_deadlock() throws SQLException {
        put("/v1/overseas-schools/35/" + old, openSchool()).then().statusCode(201);
        put(headcount, students(40)).then().statusCode(201);
        try (Connection gate = TestServers.connect("overseas", TestServers.ownerOf("overseas"), "all")) {
            long before = queryNumber(gate, DEADLOCKS_SQL);
            gate.setAutoCommit(false);
            runSql(gate, "select from overseas_school where province = '35' and source_id = '" + old + "' for update");
            CompletableFuture<Response> rename = sendAsync(() -> bureau("35")
                    .body("{\"sourceId\":\"" + other + "\",\"reason\":\"编号有误\"}")
                    .post("/v1/overseas-schools/35/" + old + "/rename"));
            awaitWaitingWriters(1);
            CompletableFuture<Response> correction = sendAsync(() -> put(headcount, students(41)));
            awaitWaitingWriters(2);
            gate.rollback();
            gate.setAutoCommit(true);

            rename.join().then().statusCode(200);
            // In either order: the correction's key is still the school's, or is no longer.
            assertThat(correction.join().statusCode()).isIn(200, 422);
            assertThat(queryNumber(gate, DEADLOCKS_SQL)).isEqualTo(before);
        }
        put(headcount, students(42).replace(old, other)).then().statusCode(200);
    }

    private String students(int students) {
        return "{\"school\":\"%s\",\"year\":2020,\"major\":\"460301\",\"students\":%d}".formatted(old, students);
    }

    private static CompletableFuture<Response> sendAsync(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(
                request, command -> Thread.ofPlatform().start(command));
    }

    /** Waits on a connection of its own: within a transaction PostgreSQL's statistics do not change. */
    private static void awaitWaitingWriters(int writers) throws SQLException {
        try (Connection sees = TestServers.connect("overseas", "postgres", "all")) {
            await().atMost(TIMEOUT).until(() -> queryNumber(sees, WAITING_WRITERS_SQL) >= writers);
        }
    }
}
