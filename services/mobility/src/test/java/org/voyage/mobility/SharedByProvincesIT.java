package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.voyage.kittest.RecordApi.bureau;
import static org.voyage.kittest.RecordApi.events;
import static org.voyage.kittest.RecordApi.fresh;
import static org.voyage.kittest.TestServers.number;
import static org.voyage.kittest.TestServers.run;
import static org.voyage.mobility.WaitingWrites.awaitInLine;

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
import org.voyage.kittest.ClosedYears;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

/**
 * Writes of several provinces share a transaction and know nothing of each other. The tests keep the first one busy in the
 * database, let others gather behind it, and let go.
 */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class SharedByProvincesIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";
    private static final String BODY = MobilityRecord.INBOUND_ENROLMENT.body();
    private static final String TOPIC = "mobility.inbound-enrolment";
    private static final String GATE = "(424242, 17)";

    private final String id = fresh("P");
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Connection owner;
    private Connection gate;

    @BeforeEach
    void keep_what_is_held_busy_while_the_gate_is_closed() throws SQLException {
        owner = TestServers.connect("voyage", TestServers.owner("voyage"), "all");
        gate = TestServers.connect("voyage", "postgres", "all");
        run(owner, """
                create function hold() returns trigger language plpgsql as $$
                begin
                  while not pg_try_advisory_xact_lock_shared%s loop perform pg_sleep(0.01); end loop;
                  return new;
                end $$""".formatted(GATE));
        run(
                owner,
                "create trigger hold before insert on inbound_enrolment for each row"
                        + " when (new.source_id like '%-held') execute function hold()");
    }

    @AfterEach
    void leave() throws SQLException {
        run(gate, "select pg_advisory_unlock_all()");
        run(owner, "drop trigger hold on inbound_enrolment");
        run(owner, "drop function hold");
        owner.close();
        gate.close();
        clients.shutdownNow();
    }

    private CompletableFuture<Response> put(String province, String key, String body, String... headers) {
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

    /** Everything that is sent now gathers until the gate is opened. */
    private CompletableFuture<Response> closeGate() throws SQLException {
        run(gate, "select pg_advisory_lock" + GATE);
        CompletableFuture<Response> held = put(TIBET, id + "-held", BODY);
        await().atMost(SOON)
                .until(() -> number(gate, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == 1);
        return held;
    }

    private void openGate() throws SQLException {
        run(gate, "select pg_advisory_unlock" + GATE);
    }

    private long stored(String condition) {
        return number(
                gate, "select count(*) from inbound_enrolment where source_id like '" + id + "%' and " + condition);
    }

    private static void assertCreated(List<CompletableFuture<Response>> sent) {
        assertThat(sent.stream().map(CompletableFuture::join).toList())
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
    }

    private static String receipt(Response answer) {
        return new String(Base64.getUrlDecoder().decode(answer.header("Voyage-Receipt")), StandardCharsets.UTF_8);
    }

    /** Refuses what is stored under any other scope than that of the two provinces. */
    private void requireTheScopeOfBoth() throws SQLException {
        run(owner, """
                create function scoped() returns trigger language plpgsql as $$
                begin
                  if current_setting('voyage.scope') <> '54,64' then
                    raise exception 'the scope is %', current_setting('voyage.scope');
                  end if;
                  return new;
                end $$""");
        run(
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
                sent.add(put(TIBET, id + "-both-" + i, BODY));
                sent.add(put(NINGXIA, id + "-both-" + i, BODY, "If-None-Match", "*"));
            }
            awaitInLine(12);
            openGate();

            assertCreated(List.of(held));
            assertCreated(sent);
        } finally {
            run(owner, "drop trigger scoped on inbound_enrolment");
            run(owner, "drop function scoped");
        }
        assertThat(number(
                        gate,
                        "select count(distinct recorded_at) from inbound_enrolment where source_id like '" + id
                                + "-both-%'"))
                .as("moments of recording, one for each transaction")
                .isEqualTo(1);
        for (String province : List.of(TIBET, NINGXIA)) {
            String key = province + "/" + id + "-both-3";
            assertThat(events(TOPIC, key, 1)).hasSize(1);
            assertThat(receipt(put(province, id + "-both-3", BODY).join()))
                    .endsWith("@"
                            + number(
                                    gate,
                                    "select max(o.position) from outbox o, outbox mine where mine.key = '" + key
                                            + "' and o.topic = mine.topic and o.partition = mine.partition"));
            assertThat(number(
                            gate,
                            "select count(*) from audit_entry where action = 'changed' and object = '" + id
                                    + "-both-3' and province = '" + province + "' and actor = 'bureau-" + province
                                    + "' and request_id = '" + province + "-" + id + "-both-3'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void what_is_refused_of_a_province_is_told_it_alone() throws Exception {
        ClosedYears.lock(NINGXIA, 2018);
        put(NINGXIA, id + "-there", BODY).join().then().statusCode(201);
        CompletableFuture<Response> held = closeGate();
        String in2018 = BODY.replace("2020-02-29", "2018-03-01");
        CompletableFuture<Response> locked = put(NINGXIA, id + "-2018", in2018);
        CompletableFuture<Response> stale = put(
                NINGXIA, id + "-there", BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":5"), "If-Match", "\"7\"");
        List<CompletableFuture<Response>> good = List.of(
                held,
                put(TIBET, id + "-2018", in2018),
                put(TIBET, id + "-there", BODY, "If-None-Match", "*"),
                put(NINGXIA, id + "-good", BODY));
        awaitInLine(5);
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
        assertThat(stored("province = '54'")).isEqualTo(3);
        assertThat(stored("province = '64' and version = 1")).isEqualTo(2);
        assertThat(number(
                        gate,
                        "select count(*) from audit_entry where outcome = 'refused' and province = '64'"
                                + " and actor = 'bureau-64' and request_id like '64-" + id + "-%'"))
                .isEqualTo(2);
        ClosedYears.reopen(NINGXIA, 2018);
    }

    @Test
    void what_the_database_refuses_of_a_province_hinders_no_other() throws Exception {
        run(owner, """
                create function refuse_bad() returns trigger language plpgsql as $$
                begin raise exception 'no' using errcode = '22000'; end $$""");
        run(
                owner,
                "create trigger refuse_bad before insert on inbound_enrolment for each row"
                        + " when (new.source_id like '%-bad') execute function refuse_bad()");
        try {
            CompletableFuture<Response> held = closeGate();
            CompletableFuture<Response> bad = put(NINGXIA, id + "-bad", BODY);
            List<CompletableFuture<Response>> good = Stream.of(TIBET, NINGXIA)
                    .flatMap(province -> Stream.of("-a", "-b", "-c").map(key -> put(province, id + key, BODY)))
                    .toList();
            awaitInLine(7);
            openGate();

            assertThat(bad.join().statusCode()).isEqualTo(400);
            assertCreated(List.of(held));
            assertCreated(good);
            assertThat(stored("source_id like '%-bad'")).isZero();
            assertThat(stored("version = 1")).isEqualTo(7);
        } finally {
            run(owner, "drop trigger refuse_bad on inbound_enrolment");
            run(owner, "drop function refuse_bad");
        }
    }

    @Test
    void what_somebody_has_locked_holds_up_its_province_only() throws Exception {
        put(NINGXIA, id + "-locked", BODY).join().then().statusCode(201);
        String changed = BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":5");
        owner.setAutoCommit(false);
        CompletableFuture<Response> waits;
        CompletableFuture<Response> behind;
        try {
            run(owner, "select from inbound_enrolment where source_id = '" + id + "-locked' for update");
            waits = put(NINGXIA, id + "-locked", changed);
            await().atMost(SOON)
                    .until(() -> number(
                                    gate,
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                            + " and query_start < clock_timestamp() - interval '1 s'")
                            == 1);
            behind = put(NINGXIA, id + "-behind", BODY);
            awaitInLine(1);

            for (int i = 0; i < 3; i++) {
                put(TIBET, id + "-" + i, BODY).join().then().statusCode(201);
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
