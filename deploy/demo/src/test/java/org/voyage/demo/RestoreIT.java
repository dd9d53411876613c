package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PostgresNode;

/** A database or Kafka is restored to an earlier time, or emptied; afterwards the figures must equal the records. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String PROVINCE = "12";
    private static final String SERVICE = "overseas";
    private static final String RESET_TYPE = "org.voyage.feed.reset.v1";

    private CrashPlatform started;
    private Platform platform;
    private PlatformEndpoints endpoints;
    private CrashTables tables;
    private FeedJournal journal;
    /** Epochs that the log of the overseas service has begun. */
    private int epochs;

    @BeforeAll
    void start(@TempDir Path copies) throws IOException {
        started = new CrashPlatform();
        platform = started.platform();
        endpoints = started.endpoints();
        tables = started.tables();
        journal = FeedJournal.subscribe(
                endpoints, endpoints, tables, "RESTORED", DemoRecordType.SCHOOLS.record, Set.of("THA"), copies);
    }

    @AfterAll
    void stop() throws IOException {
        journal.close();
        started.close();
    }

    @Test
    void figures_equal_the_records_after_a_database_and_then_kafka_are_older_than_the_other() throws Exception {
        put(schools("kept", 0, 24, "luban-workshop"));
        requireFigures();

        copyDatabase(SERVICE);
        put(schools("kept", 0, 8, "dayu-college"));
        put(schools("lost", 0, 12, "silk-road-school"));
        requireFigures();
        restoreDatabase(SERVICE);
        platform.killPart(SERVICE);
        platform.awaitReady(SERVICE);
        // The same version numbers with other contents, and records that the restored database never had.
        put(schools("kept", 4, 12, "other"));
        put(schools("lost", 8, 16, "dayu-college"));
        awaitRepaired(++epochs, "database-behind");
        requireFigures();
        requireNoDeadLetters();
        requireProved();

        emptyKafka();
        platform.killPart(SERVICE);
        platform.killPart("indicators");
        platform.killPart("feeds");
        CrashPlatform.SERVICES.forEach(platform::awaitReady);
        put(schools("kept", 20, 24, "other"));
        put(schools("new", 0, 4, "other"));
        awaitRepaired(++epochs, "log-behind");
        requireFigures();
        requireNoDeadLetters();
        requireProved();
        requireCompleteFeed();
    }

    @Test
    void figures_and_feeds_equal_the_records_after_kafka_lacks_the_end_of_its_log(@TempDir Path backup)
            throws Exception {
        Path log = platform.data().resolve("kafka").resolve("log");
        put(schools("partly", 0, 12, "luban-workshop"));
        requireFigures();
        platform.restartPart("kafka", () -> copyFolder(log, backup.resolve("log")));
        put(schools("partly", 4, 16, "dayu-college"));
        requireFigures();
        requireCompleteFeed();

        restartAll(() -> replaceFolder(log, backup));
        put(schools("partly", 8, 20, "other"));

        awaitRepaired(++epochs, "log-behind");
        requireFigures();
        requireNoDeadLetters();
        requireProved();
        requireCompleteFeed();
    }

    @Test
    void figures_equal_the_records_after_the_database_of_indicators_is_older() throws Exception {
        put(schools("counted", 0, 8, "luban-workshop"));
        requireFigures();
        copyDatabase("indicators");
        put(schools("counted", 4, 12, "dayu-college"));
        requireFigures();

        restoreDatabase("indicators");
        platform.killPart("indicators");
        platform.awaitReady("indicators");

        requireFigures();
        requireNoDeadLetters();
        requireProved();
    }

    /** Otherwise the next release would differ from one that readers hold by a few persons. */
    @Test
    void a_release_that_the_older_database_of_indicators_forgot_is_compared_with_the_next() throws Exception {
        put(schools("released", 0, 1, "luban-workshop"));
        putTraining(1_000);
        long first = release().path("number").asLong();
        copyDatabase("indicators");
        putTraining(1_200);
        long second = release().path("number").asLong();
        assertThat(second).isEqualTo(first + 1);
        assertThat(readOutside()).isEqualTo(1_200);

        restoreDatabase("indicators");
        platform.killPart("indicators");
        platform.awaitReady("indicators");
        putTraining(1_205);

        assertThat(release().isNull()).isTrue();
        assertThat(readOutside()).isEqualTo(1_200);
        assertThat(get(endpoints, "auditor", endpoints.indicators(), "/v1/releases")
                        .parseJson()
                        .path("items")
                        .path(0)
                        .path("number")
                        .asLong())
                .isEqualTo(second);
        assertThat(tables.query("indicators", "select object from audit_entry where action = 'release-restored'")
                        .getFirst()[0])
                .isEqualTo(Long.toString(second));
    }

    /** Stores one training of 2016, and waits until its people are counted. */
    private void putTraining(int people) {
        try (ApiClient api = new ApiClient(endpoints)) {
            api.put(
                            "bureau-" + PROVINCE,
                            endpoints.overseas(),
                            "/v1/overseas-trainings/" + PROVINCE + "/released",
                            Map.of(
                                    "school",
                                    "released-0",
                                    "enterprise",
                                    "企业",
                                    "people",
                                    people,
                                    "days",
                                    2,
                                    "startedOn",
                                    "2016-05-01"))
                    .requireOk();
        }
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(readPeople("")).isEqualTo(people));
    }

    private JsonNode release() {
        try (ApiClient api = new ApiClient(endpoints)) {
            // It is refused until the figures are ready.
            return await().atMost(TIMEOUT)
                    .until(
                            () -> api.post("operator", endpoints.indicators(), "/v1/releases?allowUnlocked=true"),
                            ApiResponse::isOk)
                    .parseJson()
                    .path("release");
        }
    }

    private long readOutside() {
        return readPeople("&as=outside");
    }

    private long readPeople(String view) {
        return get(
                        endpoints,
                        "operator",
                        endpoints.indicators(),
                        "/v1/indicators/overseas-training-people/values?period=2016" + view)
                .parseJson()
                .path("items")
                .path(0)
                .path("value")
                .asLong(-1);
    }

    @Test
    void a_feed_begins_an_epoch_after_the_database_of_feeds_is_older() throws Exception {
        put(schools("fed", 0, 8, "luban-workshop"));
        requireCompleteFeed();
        copyDatabase("feeds");
        put(schools("fed", 4, 12, "dayu-college"));
        requireCompleteFeed();
        long resets = countResets();

        restoreDatabase("feeds");
        platform.killPart("feeds");
        platform.awaitReady("feeds");
        put(schools("fed", 10, 16, "other"));

        requireCompleteFeed();
        assertThat(countResets()).isEqualTo(resets + 1);
    }

    /**
     * No service has anything to repair, and the restored platform does not touch the first one, which runs on: the log of a
     * backup often ends in a transaction.
     */
    @Test
    void figures_equal_the_records_in_a_platform_that_was_restored_from_a_backup_taken_under_writes(
            @TempDir Path copies) throws Exception {
        put(schools("saved", 0, 12, "luban-workshop"));
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean isDone = new AtomicBoolean();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; !isDone.get(); i++) {
                put(schools("written", i, i + 1, "dayu-college"));
                acknowledged.incrementAndGet();
            }
        });
        int before;
        try {
            await().atMost(TIMEOUT).until(() -> acknowledged.get() > 5);
            before = acknowledged.get();

            runCommand("BackupCommand", copies.resolve("backup"), platform.data());

            assertThat(acknowledged.get()).isGreaterThan(before);
        } finally {
            isDone.set(true);
            writing.join();
        }
        runCommand("RestoreCommand", copies.resolve("backup"), copies.resolve("restored"));
        requireRestored(copies.resolve("restored"), before);
    }

    private void requireRestored(Path restored, int written) {
        List<String[]> epochsOfFeeds = tables.query("feeds", "select id, epoch from feed order by id");
        int basePort = LoopbackPorts.findFreeBasePort();
        try (Platform another = Platform.start(CrashPlatform.optionsOf(restored, basePort))) {
            PlatformEndpoints addresses = PlatformEndpoints.ofBasePort(basePort);
            CrashTables content = new CrashTables(another.postgres());
            assertThat(content.findRecords("saved")).hasSize(12).isEqualTo(tables.findRecords("saved"));
            assertThat(content.findRecords("written")).hasSizeGreaterThanOrEqualTo(written);
            requireFigures(addresses, content);
            requireProved(addresses);
            assertThat(readLogEpoch(addresses).path("epoch").asInt()).isEqualTo(epochs);
            assertThat(content.query("feeds", "select id, epoch from feed order by id"))
                    .containsExactlyElementsOf(epochsOfFeeds);
        }
    }

    private static void runCommand(String command, Path backup, Path data) throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "org.voyage.local." + command,
                        backup.toString(),
                        "--data",
                        data.toString())
                .inheritIO();
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        assertThat(program.start().waitFor()).as(command).isZero();
    }

    private long countResets() {
        return journal.events().stream()
                .filter(event -> event.type().equals(RESET_TYPE))
                .count();
    }

    private void requireCompleteFeed() {
        journal.requireCopyOfSchools(tables);
        journal.requireSameFromBeginning();
        journal.requireNewestEpochInTopic(platform.kafka().bootstrapServers());
        journal.requireStates(platform.kafka().bootstrapServers());
    }

    /** Stops all services and Kafka, runs {@code meanwhile} and starts them again. */
    private void restartAll(Runnable meanwhile) {
        Runnable restart = () -> platform.restartPart("kafka", meanwhile);
        for (String service : CrashPlatform.SERVICES) {
            Runnable inner = restart;
            restart = () -> platform.restartPart(service, inner);
        }
        restart.run();
    }

    private static void replaceFolder(Path folder, Path backup) {
        try {
            Files.move(folder, backup.resolve("newer"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copyFolder(backup.resolve(folder.getFileName()), folder);
    }

    private static void copyFolder(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<OverseasSchool> schools(String prefix, int from, int to, String brand) {
        List<OverseasSchool> schools = new ArrayList<>();
        for (int i = from; i < to; i++) {
            schools.add(new OverseasSchool(
                    PROVINCE,
                    prefix + "-" + i,
                    "境外办学 " + i,
                    "Overseas school " + i,
                    brand,
                    "workshop",
                    "branch",
                    i % 2 == 0 ? "THA" : "KEN",
                    "City",
                    List.of("4112012345"),
                    List.of(),
                    List.of(),
                    List.of("460301"),
                    "open",
                    LocalDate.of(2015 + i % 5, 3, 1),
                    null));
        }
        return schools;
    }

    private void put(List<OverseasSchool> schools) {
        try (RetryingClient client = new RetryingClient(endpoints)) {
            schools.forEach(school -> client.sendUntilAcknowledged(api -> api.put(school)));
        }
    }

    private void requireFigures() {
        requireFigures(endpoints, tables);
    }

    private static void requireFigures(PlatformEndpoints addresses, CrashTables content) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            try (RetryingClient client = new RetryingClient(addresses)) {
                for (String indicator : List.of("overseas-schools", "overseas-countries", "overseas-majors")) {
                    assertThat(CrashFigures.fetchLive(indicator, List.of(), client))
                            .as(indicator)
                            .isEqualTo(CrashFigures.recompute(indicator, content));
                }
            }
        });
    }

    private void awaitRepaired(int epoch, String reason) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            JsonNode report = readLogEpoch(endpoints);
            assertThat(report.path("epoch").asInt()).isEqualTo(epoch);
            assertThat(report.path("reason").asText()).isEqualTo(reason);
            assertThat(report.path("restored").asText()).isNotBlank();
            assertThat(report.path("repaired").asBoolean()).isTrue();
        });
        // A repair that was killed begins again, and is audited again.
        assertThat(tables.query(
                                SERVICE,
                                "select count(distinct details::json ->> 'epoch') from audit_entry where action = 'restored'")
                        .getFirst()[0])
                .isEqualTo(Integer.toString(epoch));
    }

    private static JsonNode readLogEpoch(PlatformEndpoints addresses) {
        ApiResponse health = get(addresses, "operator", addresses.overseas(), "/q/health/ready");
        return StreamSupport.stream(health.parseJson().path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals("log epoch"))
                .findFirst()
                .orElseThrow()
                .path("data");
    }

    private void requireNoDeadLetters() {
        assertThat(tables.query("indicators", "select topic, partition, kafka_offset, reason from dead_letter"))
                .isEmpty();
    }

    /** The recount from the log and the one from the evidence must agree with the served figures. */
    private void requireProved() {
        requireProved(endpoints);
    }

    private static void requireProved(PlatformEndpoints addresses) {
        try (RetryingClient client = new RetryingClient(addresses)) {
            CrashFigures.requireProved(client);
        }
    }

    private static ApiResponse get(PlatformEndpoints addresses, String client, URI service, String path) {
        try (ApiClient api = new ApiClient(addresses)) {
            return api.get(client, service, path);
        }
    }

    private void copyDatabase(String name) throws SQLException {
        runExclusively(name, List.of("create database %1$s_copy template %1$s owner %1$s_owner".formatted(name)));
    }

    private void restoreDatabase(String name) throws SQLException {
        runExclusively(
                name, List.of("drop database " + name, "alter database %1$s_copy rename to %1$s".formatted(name)));
    }

    /** Runs statements without other connections; then gives the database the settings that no copy has. */
    private void runExclusively(String name, List<String> statements) throws SQLException {
        String sessions = " from pg_stat_activity where datname = '" + name + "'";
        try (Connection server = DriverManager.getConnection(
                        platform.postgres().jdbcUrl("postgres"), "postgres", PostgresNode.passwordOf("postgres"));
                Statement statement = server.createStatement()) {
            statement.execute("alter database " + name + " allow_connections false");
            statement.execute("select pg_terminate_backend(pid)" + sessions);
            await().atMost(TIMEOUT).until(() -> {
                try (var row = statement.executeQuery("select count(*)" + sessions)) {
                    row.next();
                    return row.getInt(1) == 0;
                }
            });
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("alter database " + name + " allow_connections true");
            statement.execute("revoke connect on database " + name + " from public");
            statement.execute("grant connect, temporary on database %1$s to %1$s".formatted(name));
            statement.execute("alter role %1$s_owner in database %1$s set voyage.scope = 'all'".formatted(name));
        }
    }

    private void emptyKafka() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", platform.kafka().bootstrapServers()))) {
            List<String> topics = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(SERVICE + "."))
                    .toList();
            admin.deleteTopics(topics).all().get();
        }
    }
}
