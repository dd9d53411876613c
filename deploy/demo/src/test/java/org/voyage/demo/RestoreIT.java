package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private Platform platform;
    private PlatformEndpoints endpoints;
    private CrashTables tables;

    @BeforeAll
    void start(@TempDir Path folder) {
        int basePort = FreeBasePort.findFree();
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(folder)
                        .withBasePort(basePort)
                        .withOnly(List.of(SERVICE, "indicators"))
                        .withServiceEnvironment(Map.of("VOYAGE_OUTBOX_LEASE", "4s", "VOYAGE_OUTBOX_RETRY", "1s")));
        endpoints = PlatformEndpoints.ofBasePort(basePort);
        tables = new CrashTables(platform.postgres());
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void figures_equal_the_records_after_a_database_and_then_kafka_are_older_than_the_other() throws Exception {
        put(schools("kept", 0, 24, "luban-workshop"));
        requireFigures();

        copyDatabase();
        put(schools("kept", 0, 8, "dayu-college"));
        put(schools("lost", 0, 12, "silk-road-school"));
        requireFigures();
        restoreDatabase();
        platform.killPart(SERVICE);
        platform.awaitReady(SERVICE);
        // The same version numbers with other contents, and records that the restored database never had.
        put(schools("kept", 4, 12, "other"));
        put(schools("lost", 8, 16, "dayu-college"));
        awaitRepaired(1, "database-behind");
        requireFigures();
        requireNoDeadLetters();
        requireProved();

        emptyKafka();
        platform.killPart(SERVICE);
        platform.killPart("indicators");
        platform.awaitReady(SERVICE);
        platform.awaitReady("indicators");
        put(schools("kept", 20, 24, "other"));
        put(schools("new", 0, 4, "other"));
        awaitRepaired(2, "log-behind");
        requireFigures();
        requireNoDeadLetters();
        requireProved();
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

    private void copyDatabase() throws SQLException {
        runExclusively(List.of("create database overseas_copy template overseas owner overseas_owner"));
    }

    private void restoreDatabase() throws SQLException {
        runExclusively(List.of("drop database overseas", "alter database overseas_copy rename to overseas"));
    }

    /** Runs statements without other connections; then gives the database the settings that no copy has. */
    private void runExclusively(List<String> statements) throws SQLException {
        try (Connection server = DriverManager.getConnection(
                        platform.postgres().jdbcUrl("postgres"), "postgres", PostgresNode.passwordOf("postgres"));
                Statement statement = server.createStatement()) {
            statement.execute("alter database overseas allow_connections false");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'overseas'");
            await().atMost(TIMEOUT).until(() -> {
                try (var row =
                        statement.executeQuery("select count(*) from pg_stat_activity where datname = 'overseas'")) {
                    row.next();
                    return row.getInt(1) == 0;
                }
            });
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("alter database overseas allow_connections true");
            statement.execute("revoke connect on database overseas from public");
            statement.execute("grant connect, temporary on database overseas to overseas");
            statement.execute("alter role overseas_owner in database overseas set voyage.scope = 'all'");
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
