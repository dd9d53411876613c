package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.voyage.kittest.RecordApiClient.awaitEvents;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.TestServers.queryNumber;
import static org.voyage.kittest.TestServers.runSql;
import static org.voyage.mobility.QueuedWriteMetric.awaitQueued;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.YearStateSteps;

/**
 * Integration test of a transaction that holds writes of several provinces, which stay invisible to each other. The
 * tests block the first write in the database, let others queue behind it, and release it.
 */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class CrossProvinceGroupCommitIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";
    private static final String BODY = MobilityRecord.INBOUND_ENROLMENT.body();
    private static final String TOPIC = "mobility.inbound-enrolment";
    private static final String GATE = "(424242, 17)";

    private final String id = newSourceId("P");
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Connection owner;
    private Connection gate;

    @BeforeEach
    void keep_what_is_held_busy_while_the_gate_is_closed() throws SQLException {
        owner = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all");
        gate = TestServers.connect("voyage", "postgres", "all");
        runSql(owner, """
                create function hold() returns trigger language plpgsql as $$
                begin
                  while not pg_try_advisory_xact_lock_shared%s loop perform pg_sleep(0.01); end loop;
                  return new;
                end $$""".formatted(GATE));
        runSql(
                owner,
                "create trigger hold before insert on inbound_enrolment for each row"
                        + " when (new.source_id like '%-held') execute function hold()");
    }

    @AfterEach
    void leave() throws SQLException {
        runSql(gate, "select pg_advisory_unlock_all()");
        runSql(owner, "drop trigger hold on inbound_enrolment");
        runSql(owner, "drop function hold");
        owner.close();
        gate.close();
        clients.shutdownNow();
    }

    private CompletableFuture<Response> putAsync(String province, String key, String body, String... headers) {
        return CompletableFuture.supplyAsync(
                () -> {
                    RequestSpecification request =
                            bureau(province).body(body).header("X-Request-Id", province + "-" + key);
                    for (int i = 0; i < headers.length; i += 2) {
                        request.header(headers[i], headers[i + 1]);
                    }
                    return request.put("/v1/inbound-enrolments/" + province + "/" + key);
                },
                clients);
    }

    /** Blocks all writes that are sent from now on until the gate opens. */
    private CompletableFuture<Response> closeGate() throws SQLException {
        runSql(gate, "select pg_advisory_lock" + GATE);
        CompletableFuture<Response> held = putAsync(TIBET, id + "-held", BODY);
        await().atMost(SOON)
                .until(() ->
                        queryNumber(gate, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == 1);
        return held;
    }

    private void openGate() throws SQLException {
        runSql(gate, "select pg_advisory_unlock" + GATE);
    }

    private long countStored(String condition) {
        return queryNumber(
                gate, "select count(*) from inbound_enrolment where source_id like '" + id + "%' and " + condition);
    }

    private static void assertCreated(List<CompletableFuture<Response>> sent) {
        assertThat(sent.stream().map(CompletableFuture::join).toList())
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
    }

    private static String receiptOf(Response answer) {
        return new String(Base64.getUrlDecoder().decode(answer.header("Voyage-Receipt")), StandardCharsets.UTF_8);
    }

    /** Refuses rows stored under any other scope than that of the two provinces. */
    private void requireTheScopeOfBoth() throws SQLException {
        runSql(owner, """
                create function scoped() returns trigger language plpgsql as $$
                begin
                  if current_setting('voyage.scope') <> '54,64' then
                    raise exception 'the scope is %', current_setting('voyage.scope');
                  end if;
                  return new;
                end $$""");
        runSql(
                owner,
                "create trigger scoped before insert on inbound_enrolment for each row"
                        + " when (new.source_id like '%-both-%') execute function scoped()");
    }

    @Test
    void two_provinces_share_a_transaction_under_their_two_scopes_and_each_has_its_own() throws Exception {
        requireTheScopeOfBoth();
        try {
            CompletableFuture<Response> held = closeGate();
            List<CompletableFuture<Response>> sent = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sent.add(putAsync(TIBET, id + "-both-" + i, BODY));
                sent.add(putAsync(NINGXIA, id + "-both-" + i, BODY, "If-None-Match", "*"));
            }
            awaitQueued(12);
            openGate();

            assertCreated(List.of(held));
            assertCreated(sent);
        } finally {
            runSql(owner, "drop trigger scoped on inbound_enrolment");
            runSql(owner, "drop function scoped");
        }
        assertThat(queryNumber(
                        gate,
                        "select count(distinct recorded_at) from inbound_enrolment where source_id like '" + id
                                + "-both-%'"))
                .as("moments of recording, one for each transaction")
                .isEqualTo(1);
        for (String province : List.of(TIBET, NINGXIA)) {
            String key = province + "/" + id + "-both-3";
            assertThat(awaitEvents(TOPIC, key, 1)).hasSize(1);
            assertThat(receiptOf(putAsync(province, id + "-both-3", BODY).join()))
                    .endsWith("@"
                            + queryNumber(
                                    gate,
                                    "select max(o.position) from outbox o, outbox mine where mine.key = '" + key
                                            + "' and o.topic = mine.topic and o.partition = mine.partition"));
            assertThat(queryNumber(
                            gate,
                            "select count(*) from audit_entry where action = 'changed' and object = '" + id
                                    + "-both-3' and province = '" + province + "' and actor = 'bureau-" + province
                                    + "' and request_id = '" + province + "-" + id + "-both-3'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_refusal_is_returned_to_the_province_of_its_write_only() throws Exception {
        YearStateSteps.lockYear(NINGXIA, 2018);
        putAsync(NINGXIA, id + "-there", BODY).join().then().statusCode(201);
        CompletableFuture<Response> held = closeGate();
        String in2018 = BODY.replace("2020-02-29", "2018-03-01");
        CompletableFuture<Response> locked = putAsync(NINGXIA, id + "-2018", in2018);
        CompletableFuture<Response> stale = putAsync(
                NINGXIA, id + "-there", BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":5"), "If-Match", "\"7\"");
        List<CompletableFuture<Response>> good = List.of(
                held,
                putAsync(TIBET, id + "-2018", in2018),
                putAsync(TIBET, id + "-there", BODY, "If-None-Match", "*"),
                putAsync(NINGXIA, id + "-good", BODY));
        awaitQueued(5);
        bureau(TIBET)
                .body(BODY)
                .put("/v1/inbound-enrolments/" + NINGXIA + "/" + id)
                .then()
                .statusCode(404);
        openGate();

        assertCreated(good);
        assertThat(stale.join().statusCode()).isEqualTo(412);
        assertThat(locked.join().statusCode()).isEqualTo(409);
        assertThat(locked.join().jsonPath().getString("errors[0].rule")).isEqualTo("year-locked");
        assertThat(countStored("province = '54'")).isEqualTo(3);
        assertThat(countStored("province = '64' and version = 1")).isEqualTo(2);
        assertThat(queryNumber(
                        gate,
                        "select count(*) from audit_entry where outcome = 'refused' and province = '64'"
                                + " and actor = 'bureau-64' and request_id like '64-" + id + "-%'"))
                .isEqualTo(2);
        YearStateSteps.reopenYear(NINGXIA, 2018);
    }

    @Test
    void what_the_database_refuses_of_a_province_hinders_no_other() throws Exception {
        runSql(owner, """
                create function refuse_bad() returns trigger language plpgsql as $$
                begin raise exception 'no' using errcode = '22000'; end $$""");
        runSql(
                owner,
                "create trigger refuse_bad before insert on inbound_enrolment for each row"
                        + " when (new.source_id like '%-bad') execute function refuse_bad()");
        try {
            CompletableFuture<Response> held = closeGate();
            CompletableFuture<Response> bad = putAsync(NINGXIA, id + "-bad", BODY);
            List<CompletableFuture<Response>> good = Stream.of(TIBET, NINGXIA)
                    .flatMap(province -> Stream.of("-a", "-b", "-c").map(key -> putAsync(province, id + key, BODY)))
                    .toList();
            awaitQueued(7);
            openGate();

            assertThat(bad.join().statusCode()).isEqualTo(400);
            assertCreated(List.of(held));
            assertCreated(good);
            assertThat(countStored("source_id like '%-bad'")).isZero();
            assertThat(countStored("version = 1")).isEqualTo(7);
        } finally {
            runSql(owner, "drop trigger refuse_bad on inbound_enrolment");
            runSql(owner, "drop function refuse_bad");
        }
    }

    @Test
    void a_locked_row_delays_the_writes_of_its_province_only() throws Exception {
        putAsync(NINGXIA, id + "-locked", BODY).join().then().statusCode(201);
        String changed = BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":5");
        owner.setAutoCommit(false);
        CompletableFuture<Response> waits;
        CompletableFuture<Response> behind;
        try {
            runSql(owner, "select from inbound_enrolment where source_id = '" + id + "-locked' for update");
            waits = putAsync(NINGXIA, id + "-locked", changed);
            await().atMost(SOON)
                    .until(() -> queryNumber(
                                    gate,
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                            + " and query_start < clock_timestamp() - interval '1 s'")
                            == 1);
            behind = putAsync(NINGXIA, id + "-behind", BODY);
            awaitQueued(1);

            for (int i = 0; i < 3; i++) {
                putAsync(TIBET, id + "-" + i, BODY).join().then().statusCode(201);
            }
            assertThat(waits.isDone() || behind.isDone()).isFalse();
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
        assertThat(waits.join().statusCode()).isEqualTo(200);
        assertCreated(List.of(behind));
    }
}
