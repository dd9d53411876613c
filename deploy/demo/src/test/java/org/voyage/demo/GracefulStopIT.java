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
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;
import org.voyage.local.PostgresNode;

/** Integration test of a service that receives SIGTERM while single writes are queued. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GracefulStopIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PROVINCE = "54";
    private static final int WRITE_COUNT = 40;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Platform platform;
    private PlatformEndpoints endpoints;

    @BeforeAll
    void start(@TempDir Path folder) {
        int basePort = LoopbackPorts.findFreeBasePort();
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(folder)
                        .withBasePort(basePort)
                        .withOnly(List.of("mobility")));
        endpoints = PlatformEndpoints.ofBasePort(basePort);
    }

    @AfterAll
    void stop() {
        clients.shutdownNow();
        platform.close();
    }

    /** Opens a gate that blocks all writes of the province. */
    private Connection openGate() throws SQLException {
        Connection gate = DriverManager.getConnection(
                platform.postgres().jdbcUrl("mobility"),
                PostgresNode.ownerOf("mobility"),
                PostgresNode.passwordOf(PostgresNode.ownerOf("mobility")));
        try (Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(7302, " + PROVINCE + ")");
        }
        return gate;
    }

    private static RecordRow teacherRow(int number) {
        return RecordRow.of(DemoRecordType.FOREIGN_TEACHERS, PROVINCE, "stop-" + number)
                .withField("college", "4154000001")
                .withField("nationality", "THA")
                .withField("startedOn", "2024-09-01");
    }

    private ApiResponse getTeacher(ApiClient api, int number) {
        return api.get(
                ApiClient.bureauClient(PROVINCE),
                endpoints.ofBasePort(RecordService.MOBILITY),
                ApiClient.pathOf(teacherRow(number)));
    }

    private CompletableFuture<ApiResponse> putTeacher(ApiClient api, int number) {
        return CompletableFuture.supplyAsync(() -> api.put(teacherRow(number)), clients);
    }

    /** Returns whether a transaction waits at the gate and does not give up soon. */
    private static boolean hasGateWaiter(Connection gate) throws SQLException {
        try (Statement statement = gate.createStatement();
                ResultSet row =
                        statement.executeQuery("select exists (select from pg_locks where classid = 7302 and objid = "
                                + PROVINCE + " and not granted and waitstart < clock_timestamp() - interval '1 s')")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private int countQueued(ApiClient api) {
        ApiResponse metrics =
                api.get(ApiClient.bureauClient(PROVINCE), endpoints.ofBasePort(RecordService.MOBILITY), "/q/metrics");
        return new String(metrics.body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("voyage_writes_waiting"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void a_stopping_service_answers_queued_writes_and_asks_new_callers_to_retry() throws Exception {
        try (ApiClient api = new ApiClient(endpoints)) {
            List<CompletableFuture<ApiResponse>> sent = new ArrayList<>();
            CompletableFuture<?> restarted;
            try (Connection gate = openGate()) {
                sent.add(putTeacher(api, 0));
                await().atMost(SOON).until(() -> hasGateWaiter(gate));
                IntStream.range(1, WRITE_COUNT).forEach(i -> sent.add(putTeacher(api, i)));
                await().atMost(SOON).until(() -> countQueued(api) == WRITE_COUNT - 1);
                restarted = CompletableFuture.runAsync(() -> platform.restartPart("mobility"), clients);
                await().atMost(SOON).until(() -> getTeacher(api, WRITE_COUNT).status() == 503);
                assertThat(api.get(
                                        ApiClient.bureauClient(PROVINCE),
                                        endpoints.ofBasePort(RecordService.MOBILITY),
                                        "/q/health/ready")
                                .status())
                        .isEqualTo(503);
                ApiResponse late = api.put(teacherRow(WRITE_COUNT));
                assertThat(late.status()).isEqualTo(503);
                assertThat(late.headers().firstValueAsLong("Retry-After")).isPresent();
                assertThat(late.parseJson().path("type").asText()).isEqualTo("urn:voyage:problem:unavailable");
            }
            assertThat(sent)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(201));
            restarted.join();
            for (int i = 0; i < WRITE_COUNT; i++) {
                assertThat(getTeacher(api, i).status()).isEqualTo(200);
            }
            assertThat(getTeacher(api, WRITE_COUNT).status()).isEqualTo(404);
        }
    }
}
