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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;
import org.voyage.local.PostgresNode;

/** A database or Kafka is restored to an earlier time, or emptied; afterwards the figures must equal the records. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String PROVINCE = "12";
    private static final String SERVICE = "overseas";
    private static final List<String> SERVICES = List.of(SERVICE, "indicators", "feeds");
    private static final String RESET_TYPE = "org.voyage.feed.reset.v1";

    private Platform platform;
    private PlatformEndpoints endpoints;
    private CrashTables tables;
    private FeedJournal journal;
    /** Epochs that the log of the overseas service has begun. */
    private int epochs;

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path copies) {
        int basePort = FreeBasePort.findFree();
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(folder)
                        .withBasePort(basePort)
                        .withOnly(SERVICES)
                        .withServiceEnvironment(Map.of("VOYAGE_OUTBOX_LEASE", "4s", "VOYAGE_OUTBOX_RETRY", "1s")));
        endpoints = PlatformEndpoints.ofBasePort(basePort);
        tables = new CrashTables(platform.postgres());
        journal = FeedJournal.subscribe(
                endpoints, endpoints, tables, "RESTORED", RecordType.SCHOOLS.record, Set.of("THA"), copies);
    }

    @AfterAll
    void stop() {
        journal.close();
        platform.close();
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
        SERVICES.forEach(platform::awaitReady);
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

    private long countResets() {
        return journal.events().stream()
                .filter(event -> event.type().equals(RESET_TYPE))
                .count();
    }

    private void requireCompleteFeed() {
        journal.requireCopyOfSchools(tables);
        journal.requireSameFromBeginning();
        journal.requireNewestEpochInTopic(platform.kafka().bootstrapServers());
    }

    /** Stops all services and Kafka, runs {@code meanwhile} and starts them again. */
    private void restartAll(Runnable meanwhile) {
        Runnable restart = () -> platform.restartPart("kafka", meanwhile);
        for (String service : SERVICES) {
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
        await().atMost(TIMEOUT).untilAsserted(() -> {
            try (RetryingClient client = new RetryingClient(endpoints)) {
                for (String indicator : List.of("overseas-schools", "overseas-countries", "overseas-majors")) {
                    assertThat(CrashFigures.fetchLive(indicator, List.of(), client))
                            .as(indicator)
                            .isEqualTo(CrashFigures.recompute(indicator, tables));
                }
            }
        });
    }

    private void awaitRepaired(int epoch, String reason) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            JsonNode report = readLogEpoch();
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

    private JsonNode readLogEpoch() {
        ApiResponse health = get("operator", endpoints.overseas(), "/q/health/ready");
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
        try (ApiClient api = new ApiClient(endpoints)) {
            // Another proof may run.
            ApiResponse begun = await().atMost(TIMEOUT)
                    .until(() -> api.post("operator", endpoints.indicators(), "/v1/proofs"), ApiResponse::isOk);
            String path = URI.create(begun.headers().firstValue("Location").orElseThrow())
                    .getPath();
            JsonNode proof = await().atMost(TIMEOUT)
                    .until(
                            () -> api.get("operator", endpoints.indicators(), path)
                                    .parseJson(),
                            answer -> !answer.path("proof")
                                    .path("verdict")
                                    .asText()
                                    .equals("running"));
            assertThat(proof.path("proof").path("verdict").asText())
                    .as("%s", proof)
                    .isEqualTo("proved");
        }
    }

    private ApiResponse get(String client, URI service, String path) {
        try (ApiClient api = new ApiClient(endpoints)) {
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
