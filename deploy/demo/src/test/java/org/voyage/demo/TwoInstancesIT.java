package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/**
 * Two instances of each service behind one address: one is killed, one is frozen past every lease, all are restarted in
 * turn. The clock of the second instance is ten minutes wrong.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration FREEZE = Duration.ofSeconds(14);
    private static final int DASHBOARD_OFFSET = 7;
    private static final String SECOND = "-2";
    private static final String FILE_PROVINCE = "33";
    private static final String FILE_PREFIX = "long";
    private static final int FILE_ROWS = 4_000;
    /** Number of the school of the file that holds it up, in the third of its chunks. */
    private static final int HELD_ROW = 2_500;
    /** Services that run twice for their own test only. */
    private static final List<DemoRecordType> ROUND_TYPES =
            List.of(DemoRecordType.FOREIGN_TEACHERS, DemoRecordType.PROGRAMMES, DemoRecordType.STANDARDS);

    private static final List<String> ROUND_PARTS =
            List.of("mobility", "cooperation", "standards", "feeds", "dashboard");
    private static final Set<String> FEED_LEASES = Set.of("feed-assigner", "feed-topics", "endpoint");

    private static final String ALLIANCE = "TWOFOLD";
    private static final Set<String> COUNTRIES = Set.of("THA");

    /** A change of hands may log a few; two instances that disturb each other log thousands. */
    private static final int MAX_REPEATED_STARTS = 12;

    private Platform platform;
    private PlatformEndpoints first;
    private PlatformEndpoints second;
    private PlatformEndpoints endpoints;
    private CrashTables tables;
    private CrashTopics topics;
    private final List<RoundRobinProxy> proxies = new CopyOnWriteArrayList<>();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        int basePort = LoopbackPorts.findFreeBasePort();
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(folder)
                        .withBasePort(basePort)
                        .withServiceEnvironment(Map.of(
                                "VOYAGE_OUTBOX_LEASE",
                                "4s",
                                "VOYAGE_OUTBOX_RETRY",
                                "1s",
                                "VOYAGE_WEB_IDEMPOTENCY_LEASE",
                                "10s",
                                "VOYAGE_BULK_LEASE",
                                "6s")));
        first = PlatformEndpoints.ofBasePort(basePort);
        second = PlatformEndpoints.ofBasePort(LoopbackPorts.findFreeBasePort());
        endpoints = PlatformEndpoints.ofBasePort(LoopbackPorts.findFreeBasePort());
        startSecond("overseas", "+600s");
        startSecond("indicators", "-600s");
        for (PlatformEndpoints each : List.of(endpoints, second)) {
            proxies.add(RoundRobinProxy.forward(
                    each.issuer().getPort(), first.issuer().getPort()));
        }
        tables = new CrashTables(platform.postgres());
        topics = new CrashTopics(platform.kafka().bootstrapServers());
    }

    /** Starts the second instance of a service, and one address for both. */
    private void startSecond(String service, String shift) {
        // A dashboard needs the provider's time: tokens of its sessions last for minutes.
        boolean isDashboard = service.equals("dashboard");
        platform.startSecond(
                service,
                second.basePort(),
                isDashboard
                        ? Map.of("QUARKUS_OIDC_AUTHENTICATION_COOKIE_SUFFIX", Integer.toString(first.basePort()))
                        : shiftClock(shift));
        int offset = URI.create(platform.urlOf(service)).getPort() - first.basePort();
        try {
            proxies.add(RoundRobinProxy.start(
                    endpoints.basePort() + offset, List.of(first.basePort() + offset, second.basePort() + offset)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() throws IOException {
        for (RoundRobinProxy proxy : proxies) {
            proxy.close();
        }
        platform.close();
    }

    @Test
    void two_instances_lose_double_and_reorder_nothing_while_one_dies_freezes_or_is_restarted() throws Exception {
        String prefix = "two";
        try (CrashPush push = CrashPush.begin(endpoints, prefix)) {
            push.awaitAcknowledged(CrashRows.TOTAL_ROWS / 10);
            platform.killPart("overseas");
            platform.killPart("indicators");
            push.awaitAcknowledged(CrashRows.TOTAL_ROWS / 10 * 3);
            platform.awaitReady("overseas");
            platform.awaitReady("indicators");
            requireFileContinued();
            push.awaitAcknowledged(CrashRows.TOTAL_ROWS / 2);
            freeze(List.of("indicators-2"));
            freeze(List.of("indicators"));
            for (String part : List.of("overseas", "overseas-2", "indicators", "indicators-2")) {
                platform.restartPart(part);
            }
            push.awaitEnd();
            new CrashConsistency(endpoints, tables, topics).requireConsistent(prefix, push);
        }
        requireAlike();
        requireOneReader();
        requireRunsKnownToBoth();
    }

    /** Returns the environment of a process whose clock is shifted. Its timers stay right (libfaketime). */
    private static Map<String, String> shiftClock(String shift) {
        String library = System.getenv("VOYAGE_FAKETIME");
        assertThat(library)
                .as("VOYAGE_FAKETIME: the path of libfaketime.so.1, which ./voyage test finds")
                .isNotNull();
        return Map.of(
                "LD_PRELOAD",
                library,
                "FAKETIME",
                shift,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** Stops processes as a long pause of their machine does: their connections stay, their leases run out. */
    private void freeze(List<String> parts) throws Exception {
        List<Long> pids = parts.stream().map(platform::pidOf).toList();
        for (long pid : pids) {
            signal("STOP", pid);
        }
        try {
            Thread.sleep(FREEZE);
        } finally {
            for (long pid : pids) {
                signal("CONT", pid);
            }
        }
    }

    /** Freezes an instance in the middle of a file, past the lease of the file: the other one goes on with it. */
    private void requireFileContinued() throws Exception {
        List<OverseasSchool> rows = CrashRows.manySchools(FILE_PREFIX, FILE_PROVINCE, FILE_ROWS);
        OverseasSchool held = rows.get(HELD_ROW);
        long pid = platform.pidOf("overseas-2");
        try (RetryingClient client = new RetryingClient(endpoints);
                ApiClient api = new ApiClient(second)) {
            client.sendUntilAcknowledged(each -> each.put(held.withStatus("planned", null, null)));
            String batch;
            try (Connection holder = tables.connect("overseas")) {
                int session = lockSchool(holder, held);
                batch = api.sendBatch(
                                FILE_PROVINCE, DemoRecordType.SCHOOLS, BulkFile.ndjson(rows), "Prefer", "respond-async")
                        .requireOk()
                        .headers()
                        .firstValue("Location")
                        .map(location -> URI.create(location).getPath())
                        .orElseThrow();
                await().atMost(TIMEOUT).until(() -> !findWaiters(session).isEmpty());
                signal("STOP", pid);
                // PostgreSQL ends the transaction of a stopped client after a minute; the test does so at once.
                for (int waiter : findWaiters(session)) {
                    tables.queryAsService("overseas", "select pg_terminate_backend(?)", waiter);
                }
                await().atMost(TIMEOUT).until(() -> findWaiters(session).isEmpty());
                holder.rollback();
            }
            try {
                assertThat(readBatch(client, batch).at("/counts/rows").asInt())
                        .as("rows of the frozen instance")
                        .isPositive()
                        .isLessThan(FILE_ROWS);
                Thread.sleep(FREEZE);
                await().atMost(TIMEOUT)
                        .until(() ->
                                readBatch(client, batch).path("state").asText().equals("done"));
            } finally {
                signal("CONT", pid);
            }
            String id = batch.substring(batch.lastIndexOf('/') + 1);
            assertThat(countLines("overseas", "Batch " + id + " goes on")).isPositive();
            // The frozen instance has gone on, too.
            platform.awaitReady("overseas-2");
            JsonNode counts = readBatch(client, batch).path("counts");
            assertThat(counts.path("created").asInt()).as("%s", counts).isEqualTo(FILE_ROWS - 1);
            assertThat(counts.path("corrected").asInt()).as("%s", counts).isEqualTo(1);
            assertThat(tables.countVersions(FILE_PREFIX)).isEqualTo(FILE_ROWS + 1);
        }
    }

    /** Locks a stored school until the end of the transaction, and returns the session. */
    private static int lockSchool(Connection holder, OverseasSchool school) throws SQLException {
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_backend_pid() from overseas_school where province = '%s' and source_id = '%s' for update"
                                .formatted(school.province(), school.sourceId()))) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }

    /** Returns the sessions that wait for a lock of a session. */
    private List<Integer> findWaiters(int holder) {
        return tables
                .queryAsService(
                        "overseas",
                        "select pid from pg_stat_activity where ?::int = any(pg_blocking_pids(pid))",
                        holder)
                .stream()
                .map(row -> Integer.parseInt(Objects.requireNonNull(row[0])))
                .toList();
    }

    private JsonNode readBatch(RetryingClient client, String batch) {
        return client.sendUntilAcknowledged(
                        api -> api.get(ApiClient.bureauClient(FILE_PROVINCE), endpoints.overseas(), batch))
                .parseJson();
    }

    @Test
    void each_other_service_loses_doubles_and_reorders_nothing_while_one_instance_freezes_and_the_other_dies(
            @TempDir Path copies) throws Exception {
        String servers = platform.kafka().bootstrapServers();
        try (WebhookJournal webhooks = WebhookJournal.start();
                FeedJournal journal = FeedJournal.subscribe(
                        first, endpoints, tables, ALLIANCE, DemoRecordType.PROGRAMMES.record, COUNTRIES, copies)) {
            journal.addEndpoint(first, webhooks.url());
            // The first instances have all leases before the second ones start.
            Map<String, LeaseHolder> leases = awaitLeases();
            ROUND_PARTS.parallelStream().forEach(part -> startSecond(part, part.equals("feeds") ? "-600s" : "+600s"));
            journal.startReading();
            List<RoundPush> pushes = ROUND_TYPES.stream()
                    .map(type -> RoundPush.begin(endpoints, type))
                    .toList();
            try {
                freezeAndKill(pushes, leases);
                for (RoundPush push : pushes) {
                    push.awaitEnd();
                    CrashTopics its = new CrashTopics(
                            servers,
                            List.of(push.type().service.label + "." + push.type().record),
                            state -> FeedJournal.isInScope(state, COUNTRIES));
                    push.requireConsistent(its, List.of(first, second));
                    if (push.type() == DemoRecordType.PROGRAMMES) {
                        journal.requireEveryChange(its, tables);
                    }
                }
            } finally {
                pushes.forEach(RoundPush::close);
            }
            journal.requireSameFromBeginning();
            journal.requireTopic(servers);
            journal.requireStates(servers);
            webhooks.requireEvents(journal.events());
        }
    }

    /** Freezes the first instances, which lead, past every lease; kills the second ones, which lead then. */
    private void freezeAndKill(List<RoundPush> pushes, Map<String, LeaseHolder> leases) throws Exception {
        try (SessionBrowser browser = SessionBrowser.signIn(dashboardOf(endpoints), "wang-fang")) {
            pushes.forEach(push -> push.awaitRounds(3));
            requireSession(browser, List.of(first, second));
            freeze(ROUND_PARTS);
            requireLeasesMoved(leases);
            pushes.forEach(push -> push.awaitRounds(2));
            requireSession(browser, List.of(first, second));
            Map<String, LeaseHolder> killed = readLeases();
            // A busy machine may have given a lease back to the instance that was frozen.
            killed.values()
                    .removeIf(lease -> !lease.holder().equals("null")
                            && leases.values().stream()
                                    .anyMatch(first -> first.holder().equals(lease.holder())));
            assertThat(killed).isNotEmpty();
            ROUND_PARTS.forEach(part -> platform.killPart(part + SECOND));
            requireSession(browser, List.of(first, endpoints));
            pushes.forEach(push -> push.awaitRounds(2));
            ROUND_PARTS.forEach(part -> platform.awaitReady(part + SECOND));
            requireLeasesMoved(killed);
            pushes.forEach(push -> push.awaitRounds(2));
            requireSession(browser, List.of(first, second));
        }
    }

    private static URI dashboardOf(PlatformEndpoints at) {
        return URI.create("http://localhost:" + (at.basePort() + DASHBOARD_OFFSET));
    }

    /** Requires that the person is known at each address, and that a service answers the person there. */
    private static void requireSession(SessionBrowser browser, List<PlatformEndpoints> at) {
        for (PlatformEndpoints each : at) {
            URI dashboard = dashboardOf(each);
            await().atMost(TIMEOUT)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> {
                        assertThat(browser.get(dashboard.resolve("/session")).statusCode())
                                .as("session at %s", dashboard)
                                .isEqualTo(200);
                        assertThat(browser.get(dashboard.resolve("/api/indicators/v1/standing"))
                                        .statusCode())
                                .isEqualTo(200);
                    });
        }
    }

    private Map<String, LeaseHolder> awaitLeases() {
        return await().atMost(TIMEOUT)
                .until(
                        this::readLeases,
                        leases -> leases.keySet().containsAll(FEED_LEASES)
                                && leases.values().stream().allMatch(lease -> lease.epoch() > 0));
    }

    /**
     * Holder of a lease.
     *
     * @param epoch number of holders that the lease has had
     */
    private record LeaseHolder(String holder, long epoch) {}

    /** Returns the holder of each lease of the services. */
    private Map<String, LeaseHolder> readLeases() {
        Map<String, LeaseHolder> leases = new TreeMap<>();
        for (DemoRecordType type : ROUND_TYPES) {
            String service = type.service.label;
            String[] row = tables.query(service, "select holder, epoch from outbox_relay")
                    .getFirst();
            leases.put(service, new LeaseHolder(String.valueOf(row[0]), Long.parseLong(row[1])));
        }
        for (String[] row : tables.query("feeds", """
                select reader, holder, epoch from reader_lease
                union all select 'endpoint', leased_by, lease_epoch from delivery""")) {
            leases.put(row[0], new LeaseHolder(String.valueOf(row[1]), Long.parseLong(row[2])));
        }
        return leases;
    }

    private void requireLeasesMoved(Map<String, LeaseHolder> before) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            Map<String, LeaseHolder> now = readLeases();
            assertThat(before)
                    .allSatisfy((lease, old) -> assertThat(now.get(lease))
                            .as(lease)
                            .isNotNull()
                            .satisfies(holder -> assertThat(holder.epoch()).isGreaterThan(old.epoch())));
        });
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The same question has the same answer and the same tag, and the same evidence, from each. */
    private void requireAlike() {
        for (String path : List.of(
                "/v1/indicators/overseas-schools/values?by=year,province",
                "/v1/indicators/overseas-schools/values?by=list:belt-and-road@now&period=2024",
                "/v1/indicators/overseas-majors/values?by=year,brand",
                "/v1/indicators/overseas-schools/evidence?period=2024&limit=20")) {
            await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> {
                ApiResponse one = get(first, path).requireOk();
                ApiResponse other = get(second, path).requireOk();
                assertThat(other.headers().firstValue("ETag"))
                        .as("tag of %s", path)
                        .isEqualTo(one.headers().firstValue("ETag"));
                assertThat(answersOf(other)).as(path).isEqualTo(answersOf(one)).isNotEmpty();
            });
        }
    }

    private static List<JsonNode> answersOf(ApiResponse answer) {
        JsonNode body = answer.parseJson();
        List<JsonNode> answers = new ArrayList<>();
        body.path("items").forEach(answers::add);
        return answers;
    }

    private void requireOneReader() throws IOException {
        for (String part : List.of("indicators", "indicators-2")) {
            assertThat(countLines(part, "begins again in"))
                    .as("log of %s", part)
                    .isLessThan(MAX_REPEATED_STARTS);
        }
    }

    private long countLines(String part, String text) throws IOException {
        try (Stream<String> lines = Files.lines(platform.data().resolve("logs").resolve(part + ".log"))) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    private void requireRunsKnownToBoth() {
        String proof = beginRun(first, "/v1/proofs");
        assertThat(get(second, proof)
                        .requireOk()
                        .parseJson()
                        .path("proof")
                        .path("id")
                        .asText())
                .isEqualTo(proof.substring(proof.lastIndexOf('/') + 1));
        JsonNode proved = awaitEnd(second, proof, "/proof/verdict", "running");
        assertThat(proved.at("/proof/verdict").asText()).as("%s", proved).isEqualTo("proved");
        String rebuild = beginRun(second, "/v1/rebuilds");
        assertThat(get(first, rebuild).isOk()).isTrue();
        assertThat(List.of("done", "refused", "failed")).contains(awaitFinal(first, rebuild));
        assertThat(get(second, rebuild).parseJson().path("state").asText()).isEqualTo("done");
    }

    private String beginRun(PlatformEndpoints at, String path) {
        try (ApiClient api = new ApiClient(at)) {
            ApiResponse begun =
                    await().atMost(TIMEOUT).until(() -> api.post("operator", at.indicators(), path), ApiResponse::isOk);
            return URI.create(begun.headers().firstValue("Location").orElseThrow())
                    .getPath();
        }
    }

    private JsonNode awaitEnd(PlatformEndpoints at, String path, String member, String running) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> get(at, path).requireOk().parseJson(),
                        answer -> !answer.at(member).asText().equals(running));
    }

    private String awaitFinal(PlatformEndpoints at, String path) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> get(at, path)
                                .requireOk()
                                .parseJson()
                                .path("state")
                                .asText(),
                        List.of("done", "refused", "failed")::contains);
    }

    private static ApiResponse get(PlatformEndpoints at, String path) {
        try (ApiClient api = new ApiClient(at)) {
            return api.get("operator", at.indicators(), path);
        } catch (UncheckedIOException e) {
            throw new AssertionError(path, e);
        }
    }
}
