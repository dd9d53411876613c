package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;
import org.voyage.local.PostgresNode;

/** A service that is told to stop (SIGTERM) while single writes stand in line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PROVINCE = "54";
    private static final int WRITES = 40;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Platform platform;
    private Endpoints endpoints;

    @BeforeAll
    void start(@TempDir Path folder) {
        int basePort = BasePort.free();
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(folder)
                        .withBasePort(basePort)
                        .withOnly(List.of("mobility")));
        endpoints = Endpoints.of(basePort);
    }

    @AfterAll
    void stop() {
        clients.shutdownNow();
        platform.close();
    }

    /** Nobody writes records of the province while it is held. */
    private Connection gate() throws SQLException {
        Connection gate = DriverManager.getConnection(
                platform.postgres().jdbcUrl("mobility"),
                PostgresNode.owner("mobility"),
                PostgresNode.password(PostgresNode.owner("mobility")));
        try (Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(7302, " + PROVINCE + ")");
        }
        return gate;
    }

    private static Row teacher(int number) {
        return Row.of(RecordType.FOREIGN_TEACHERS, PROVINCE, "stop-" + number)
                .with("college", "4154000001")
                .with("nationality", "THA")
                .with("startedOn", "2024-09-01");
    }

    private Answer get(Api api, int number) {
        return api.get(Api.bureau(PROVINCE), endpoints.of(RecordService.MOBILITY), Api.path(teacher(number)));
    }

    private CompletableFuture<Answer> put(Api api, int number) {
        return CompletableFuture.supplyAsync(() -> api.put(teacher(number)), clients);
    }

    /** Whether somebody waits there who does not give up soon. */
    private static boolean atTheGate(Connection gate) throws SQLException {
        try (Statement statement = gate.createStatement();
                ResultSet row =
                        statement.executeQuery("select exists (select from pg_locks where classid = 7302 and objid = "
                                + PROVINCE + " and not granted and waitstart < clock_timestamp() - interval '1 s')")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private int inLine(Api api) {
        Answer metrics = api.get(Api.bureau(PROVINCE), endpoints.of(RecordService.MOBILITY), "/q/metrics");
        return new String(metrics.body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("voyage_writes_waiting"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void what_stands_in_line_is_written_and_answered_and_who_comes_is_told_to_come_again() throws Exception {
        try (Api api = new Api(endpoints)) {
            List<CompletableFuture<Answer>> sent = new ArrayList<>();
            CompletableFuture<?> restarted;
            try (Connection gate = gate()) {
                sent.add(put(api, 0));
                await().atMost(SOON).until(() -> atTheGate(gate));
                IntStream.range(1, WRITES).forEach(i -> sent.add(put(api, i)));
                await().atMost(SOON).until(() -> inLine(api) == WRITES - 1);
                restarted = CompletableFuture.runAsync(() -> platform.restart("mobility"), clients);
                await().atMost(SOON).until(() -> get(api, WRITES).status() == 503);
                assertThat(api.get(Api.bureau(PROVINCE), endpoints.of(RecordService.MOBILITY), "/q/health/ready")
                                .status())
                        .isEqualTo(503);
                Answer late = api.put(teacher(WRITES));
                assertThat(late.status()).isEqualTo(503);
                assertThat(late.headers().firstValueAsLong("Retry-After")).isPresent();
                assertThat(late.json().path("type").asText()).isEqualTo("urn:voyage:problem:unavailable");
            }
            assertThat(sent)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(201));
            restarted.join();
            for (int i = 0; i < WRITES; i++) {
                assertThat(get(api, i).status()).isEqualTo(200);
            }
            assertThat(get(api, WRITES).status()).isEqualTo(404);
        }
    }
}
