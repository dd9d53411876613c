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
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;
import org.voyage.kittest.YearStateSteps;

/**
 * Integration test of group commit: writes that queue behind another one of their province share the next transaction.
 * The tests let the first write wait for a lock, let others queue behind it, and release it.
 */
@QuarkusTest
@TestProfile(GroupCommitIT.ManyWritesProfile.class)
@QuarkusTestResource(RealBackends.class)
class GroupCommitIT {

    /** Limits of clients that let one client fill the line of writes. */
    public static class ManyWritesProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voyage.web.cost.small", "3000", "voyage.web.connections.per-address", "0");
        }
    }

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PROVINCE = "54";
    private static final String BODY = MobilityRecord.INBOUND_ENROLMENT.body();
    private static final String COLLECTION = "/v1/inbound-enrolments/" + PROVINCE + "/";
    private static final String TOPIC = "mobility.inbound-enrolment";

    private final String id = newSourceId("G");
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Connection owner;
    private Connection gate;

    @BeforeEach
    void connect() throws SQLException {
        owner = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all");
        gate = TestServers.connect("voyage", "postgres", "all");
    }

    @AfterEach
    void leave() throws SQLException {
        owner.close();
        gate.close();
        clients.shutdownNow();
    }

    private CompletableFuture<Response> putAsync(String key, String body, String... headers) {
        return CompletableFuture.supplyAsync(
                () -> {
                    RequestSpecification request = bureau(PROVINCE).body(body).header("X-Request-Id", key);
                    for (int i = 0; i < headers.length; i += 2) {
                        request.header(headers[i], headers[i + 1]);
                    }
                    return request.put(COLLECTION + key);
                },
                clients);
    }

    private void closeGate() throws SQLException {
        runSql(gate, "select pg_advisory_lock(7302, " + PROVINCE + ")");
    }

    private void openGate() throws SQLException {
        runSql(gate, "select pg_advisory_unlock(7302, " + PROVINCE + ")");
    }

    /** Returns the number of transactions that wait at the gate and do not give up soon. */
    private long countAtGate() {
        return queryNumber(
                owner,
                "select count(*) from pg_locks where locktype = 'advisory' and classid = 7302 and objid = " + PROVINCE
                        + " and not granted and waitstart < clock_timestamp() - interval '1 s'");
    }

    private void awaitAtGate(long transactions) {
        await().atMost(SOON).until(() -> countAtGate() == transactions);
    }

    private static List<Response> awaitAnswers(List<CompletableFuture<Response>> sent) {
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private long countRecordings(String like) {
        return queryNumber(
                owner,
                "select count(distinct recorded_at) from inbound_enrolment where source_id like '" + id + like + "'");
    }

    private long countStored(String like) {
        return queryNumber(owner, "select count(*) from inbound_enrolment where source_id like '" + id + like + "'");
    }

    private static String receiptOf(Response answer) {
        return new String(Base64.getUrlDecoder().decode(answer.header("Voyage-Receipt")), StandardCharsets.UTF_8);
    }

    /** One connection without an answer stopped all single writes of a type for as long as the network liked. */
    @Test
    void connections_that_hang_hold_up_single_writes_for_seconds_only() throws Exception {
        awaitAnswers(IntStream.range(0, 6)
                .mapToObj(i -> putAsync(id + "-before-" + i, BODY))
                .toList());
        List<Long> hanging = findIdleBackends();
        assertThat(hanging).isNotEmpty();
        sendSignal("STOP", hanging);
        try {
            long began = System.nanoTime();
            List<Response> answers = awaitAnswers(IntStream.range(0, 12)
                    .mapToObj(i -> putAsync(id + "-hanging-" + i, BODY))
                    .toList());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(45));
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 503));
            assertThat(putAsync(id + "-after", BODY).join().statusCode()).isEqualTo(201);
        } finally {
            sendSignal("CONT", hanging);
        }
    }

    /** Returns the process ids of the pooled connections that serve requests. */
    private List<Long> findIdleBackends() throws SQLException {
        List<Long> found = new ArrayList<>();
        try (var statement = gate.createStatement();
                var row = statement.executeQuery("select pid from pg_stat_activity where usename = 'voyage'"
                        + " and state = 'idle' and query !~ 'outbox|listen|audit_seal'")) {
            while (row.next()) {
                found.add(row.getLong(1));
            }
        }
        return found;
    }

    private static void sendSignal(String signal, List<Long> processes) throws Exception {
        for (long process : processes) {
            // The shell's built-in. A backend that the pool has replaced meanwhile has ended.
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process)
                    .start()
                    .waitFor();
        }
    }

    @Test
    void each_of_those_that_share_a_transaction_has_its_own_answer_receipt_and_audit_entry() throws Exception {
        YearStateSteps.lockYear(PROVINCE, 2018);
        putAsync(id + "-there", BODY).join().then().statusCode(201);
        closeGate();
        CompletableFuture<Response> first = putAsync(id + "-first", BODY);
        awaitAtGate(1);
        List<CompletableFuture<Response>> good = IntStream.range(0, 12)
                .mapToObj(i -> putAsync(id + "-good-" + i, BODY))
                .toList();
        CompletableFuture<Response> stale =
                putAsync(id + "-there", BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":5"), "If-Match", "\"7\"");
        CompletableFuture<Response> locked = putAsync(id + "-locked", BODY.replace("2020-02-29", "2018-03-01"));
        awaitQueued(14);
        openGate();

        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(awaitAnswers(good))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        assertThat(stale.join().statusCode()).isEqualTo(412);
        assertThat(locked.join().statusCode()).isEqualTo(409);
        assertThat(locked.join().jsonPath().getString("errors[0].rule")).isEqualTo("year-locked");
        assertThat(countRecordings("-good-%"))
                .as("moments of recording, one for each transaction")
                .isEqualTo(1);
        assertThat(countStored("-locked")).isZero();
        assertThat(queryNumber(owner, "select version from inbound_enrolment where source_id = '" + id + "-there'"))
                .isEqualTo(1);
        for (int i = 0; i < good.size(); i++) {
            String key = id + "-good-" + i;
            assertThat(receiptOf(good.get(i).join()))
                    .endsWith("@"
                            + queryNumber(
                                    owner, "select position from outbox where key = '" + PROVINCE + "/" + key + "'"));
            assertThat(queryNumber(
                            owner,
                            "select count(*) from audit_entry where action = 'changed' and object = '" + key
                                    + "' and request_id = '" + key + "' and actor = 'bureau-" + PROVINCE
                                    + "' and roles = 'bureau' and address is not null"))
                    .isEqualTo(1);
            assertThat(awaitEvents(TOPIC, PROVINCE + "/" + key, 1)).hasSize(1);
        }
        YearStateSteps.reopenYear(PROVINCE, 2018);
    }

    @Test
    void personal_data_that_comes_with_several_is_put_down_to_each() throws Exception {
        closeGate();
        putAsync(id + "-first", BODY);
        awaitAtGate(1);
        List<CompletableFuture<Response>> sent = IntStream.range(0, 4)
                .mapToObj(i -> putAsync(
                        id + "-person-" + i, BODY.replace("\"enrolled\"", "\"enrolled\",\"name\":\"SOMSAK EXAMPLE\"")))
                .toList();
        awaitQueued(4);
        openGate();

        assertThat(awaitAnswers(sent))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        assertThat(countRecordings("-person-%")).isEqualTo(1);
        for (int i = 0; i < 4; i++) {
            String key = id + "-person-" + i;
            assertThat(queryNumber(
                            owner,
                            "select count(*) from audit_entry where action = 'personal-changed' and object = '" + key
                                    + "' and request_id = '" + key + "' and address is not null"))
                    .isEqualTo(1);
        }
    }

    @Test
    void many_writers_of_one_record_each_make_a_version_of_their_own() throws Exception {
        closeGate();
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            sent.add(putAsync(id, BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":" + i)));
            awaitAtGate(1);
        }
        awaitQueued(6);
        openGate();

        assertThat(awaitAnswers(sent))
                .extracting(answer -> answer.jsonPath().getInt("version"))
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
        assertThat(awaitEvents(TOPIC, PROVINCE + "/" + id, 7))
                .extracting(event -> event.path("version").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void what_the_database_refuses_of_one_hinders_no_other() throws Exception {
        runSql(owner, """
                create function refuse_bad() returns trigger language plpgsql as $$
                begin raise exception 'no' using errcode = '22000'; end $$""");
        runSql(
                owner,
                "create trigger refuse_bad before insert on inbound_enrolment for each row"
                        + " when (new.source_id like '%-bad') execute function refuse_bad()");
        try {
            closeGate();
            putAsync(id + "-first", BODY);
            awaitAtGate(1);
            List<CompletableFuture<Response>> good = IntStream.range(0, 5)
                    .mapToObj(i -> putAsync(id + "-good-" + i, BODY))
                    .toList();
            CompletableFuture<Response> bad = putAsync(id + "-bad", BODY);
            awaitQueued(6);
            openGate();

            assertThat(bad.join().statusCode()).isEqualTo(400);
            assertThat(awaitAnswers(good))
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
            assertThat(countStored("-good-%")).isEqualTo(5);
            assertThat(countStored("-bad")).isZero();
        } finally {
            runSql(owner, "drop trigger refuse_bad on inbound_enrolment");
            runSql(owner, "drop function refuse_bad");
        }
    }

    @Test
    void a_connection_lost_in_the_middle_loses_nothing_that_was_acknowledged() throws Exception {
        closeGate();
        CompletableFuture<Response> first = putAsync(id + "-first", BODY);
        awaitAtGate(1);
        List<CompletableFuture<Response>> others = IntStream.range(0, 5)
                .mapToObj(i -> putAsync(id + "-other-" + i, BODY))
                .toList();
        awaitQueued(5);
        long killed = killAtTheGate(0);
        assertThat(first.join().statusCode()).isEqualTo(503);
        killAtTheGate(killed);
        awaitQueued(0);
        awaitAtGate(1);
        openGate();

        assertThat(awaitAnswers(others))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        assertThat(countStored("-first")).isZero();
        assertThat(countStored("-other-%")).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(awaitEvents(TOPIC, PROVINCE + "/" + id + "-other-" + i, 1))
                    .hasSize(1);
        }
    }

    /**
     * Kills the connection of the waiting transaction.
     *
     * @return process id of the killed connection; differs from the one before
     */
    private long killAtTheGate(long before) throws SQLException {
        String next =
                "select coalesce(max(pid), 0) from pg_locks where locktype = 'advisory' and classid = 7302 and objid = "
                        + PROVINCE + " and not granted and pid <> " + before;
        await().atMost(SOON).until(() -> queryNumber(owner, next) > 0);
        long pid = queryNumber(owner, next);
        runSql(gate, "select pg_terminate_backend(" + pid + ")");
        return pid;
    }

    @Test
    void a_write_with_a_commit_in_doubt_is_answered_as_such_and_not_written_twice() throws Exception {
        runSql(owner, """
                create function die() returns trigger language plpgsql as $$
                begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$""");
        runSql(
                owner,
                "create constraint trigger die after insert on inbound_enrolment deferrable initially deferred"
                        + " for each row when (new.source_id like '%-deadly') execute function die()");
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        try {
            closeGate();
            putAsync(id + "-first", BODY);
            awaitAtGate(1);
            sent.add(putAsync(id + "-lost-deadly", BODY));
            IntStream.range(0, 3).forEach(i -> sent.add(putAsync(id + "-lost-" + i, BODY)));
            awaitQueued(4);
            openGate();
            assertThat(awaitAnswers(sent))
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(503));
            assertThat(countStored("-lost-%")).isZero();
        } finally {
            runSql(owner, "drop trigger die on inbound_enrolment");
            runSql(owner, "drop function die");
        }
        putAsync(id + "-lost-0", BODY, "If-None-Match", "*").join().then().statusCode(201);
    }

    /** Sends a correction and closes the connection before the answer. */
    private void putAndHangUp(String key, String match, String body, int inLine) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "PUT " + COLLECTION + key + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TestTokens.bureauToken(PROVINCE) + "\r\nContent-Type: application/json\r\nX-Request-Id: " + key
                + "-hung-up\r\nIf-Match: " + match + "\r\nContent-Length: " + content.length + "\r\n\r\n";
        try (Socket client = new Socket("localhost", RestAssured.port)) {
            client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(content);
            client.getOutputStream().flush();
            awaitQueued(inLine);
        }
    }

    @Test
    void what_is_refused_or_written_of_those_who_hung_up_is_in_the_trail() throws Exception {
        putAsync(id + "-a", BODY).join().then().statusCode(201);
        putAsync(id + "-b", BODY).join().then().statusCode(201);
        String changed = BODY.replace("\"chineseLevel\":3", "\"chineseLevel\":5");
        closeGate();
        CompletableFuture<Response> first = putAsync(id + "-first", BODY);
        awaitAtGate(1);
        putAndHangUp(id + "-a", "\"7\"", changed, 1);
        putAndHangUp(id + "-b", "\"1\"", changed, 2);
        openGate();

        first.join().then().statusCode(201);
        String entries =
                "select count(*) from audit_entry where actor = 'bureau-" + PROVINCE + "' and request_id = '" + id;
        await().atMost(SOON).until(() -> queryNumber(owner, entries + "-a-hung-up' and outcome = 'refused'") == 1);
        await().atMost(SOON).until(() -> queryNumber(owner, entries + "-b-hung-up' and action = 'changed'") == 1);
        assertThat(queryNumber(owner, "select version from inbound_enrolment where source_id = '" + id + "-a'"))
                .isEqualTo(1);
        assertThat(queryNumber(owner, "select version from inbound_enrolment where source_id = '" + id + "-b'"))
                .isEqualTo(2);
    }

    @Test
    void writes_that_exceed_the_queue_are_asked_to_retry_and_are_not_stored() throws Exception {
        closeGate();
        CompletableFuture<Response> first = putAsync(id + "-first", BODY);
        awaitAtGate(1);
        HttpClient many =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            // In parts: the system accepts only so many simultaneous connections.
            for (int i = 0; i < 2_000; i++) {
                waiting.add(sendAsync(many, id + "-waits-" + i));
                if (i % 100 == 99) {
                    awaitQueued(i + 1);
                }
            }
            List<HttpResponse<String>> tooMany = IntStream.range(0, 5)
                    .mapToObj(i -> sendAsync(many, id + "-many-" + i).join())
                    .toList();
            openGate();

            assertThat(tooMany).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                        .isPositive();
                assertThat(answer.body()).contains("urn:voyage:problem:unavailable");
            });
            first.join().then().statusCode(201);
            assertThat(waiting)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
        } finally {
            many.shutdownNow();
        }
        assertThat(countStored("-waits-%")).isEqualTo(2_000);
        assertThat(countStored("-many-%")).isZero();
    }

    private static CompletableFuture<HttpResponse<String>> sendAsync(HttpClient client, String key) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + COLLECTION + key))
                .header("Authorization", "Bearer " + TestTokens.bureauToken(PROVINCE))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
