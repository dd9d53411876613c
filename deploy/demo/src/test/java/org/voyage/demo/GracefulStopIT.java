package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.voyage.local.Platform;
import org.voyage.local.PostgresNode;

/** Integration test of a service that receives SIGTERM while single writes are queued. */
@ExtendWith(SharedPlatforms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GracefulStopIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SERVICE = "overseas";
    private static final String PROVINCE = "54";
    private static final int WRITE_COUNT = 40;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Platform platform;
    private PlatformEndpoints endpoints;

    @BeforeAll
    void start(CrashPlatform shared) {
        platform = shared.platform();
        endpoints = shared.endpoints();
    }

    @AfterAll
    void stop() {
        clients.shutdownNow();
    }

    /** Opens a gate that blocks all writes of the province. */
    private Connection openGate() throws SQLException {
        Connection gate = DriverManager.getConnection(
                platform.postgres().jdbcUrl(SERVICE),
                PostgresNode.ownerOf(SERVICE),
                PostgresNode.passwordOf(PostgresNode.ownerOf(SERVICE)));
        try (Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(7302, " + PROVINCE + ")");
        }
        return gate;
    }

    private static SchoolTraining trainingOf(OverseasSchool school, String sourceId) {
        return new SchoolTraining(PROVINCE, sourceId, school.sourceId(), "企业", 10, 2, LocalDate.of(2021, 5, 1));
    }

    private CompletableFuture<ApiResponse> put(ApiClient api, SchoolTraining training) {
        return CompletableFuture.supplyAsync(() -> api.put(training), clients);
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
                api.get(ApiClient.bureauClient(PROVINCE), endpoints.ofBasePort(RecordService.OVERSEAS), "/q/metrics");
        return new String(metrics.body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("voyage_writes_waiting"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void a_stopping_service_answers_queued_writes_and_asks_new_callers_to_retry() throws Exception {
        try (ApiClient api = new ApiClient(endpoints)) {
            OverseasSchool school = CrashRows.manySchools("stop", PROVINCE, 1).getFirst();
            api.put(school).requireOk();
            List<SchoolTraining> trainings = IntStream.range(0, WRITE_COUNT)
                    .mapToObj(number -> trainingOf(school, "stop-" + number))
                    .toList();
            SchoolTraining late = trainingOf(school, "stop-late");
            List<CompletableFuture<ApiResponse>> sent = new ArrayList<>();
            CompletableFuture<?> restarted;
            try (Connection gate = openGate()) {
                sent.add(put(api, trainings.getFirst()));
                await().atMost(SOON).until(() -> hasGateWaiter(gate));
                trainings.stream().skip(1).forEach(training -> sent.add(put(api, training)));
                await().atMost(SOON).until(() -> countQueued(api) == WRITE_COUNT - 1);
                restarted = CompletableFuture.runAsync(() -> platform.restartPart(SERVICE), clients);
                await().atMost(SOON).until(() -> api.read(late).status() == 503);
                assertThat(api.get(
                                        ApiClient.bureauClient(PROVINCE),
                                        endpoints.ofBasePort(RecordService.OVERSEAS),
                                        "/q/health/ready")
                                .status())
                        .isEqualTo(503);
                ApiResponse refused = api.put(late);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
                assertThat(refused.parseJson().path("type").asText()).isEqualTo("urn:voyage:problem:unavailable");
            }
            assertThat(sent)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(201));
            restarted.join();
            assertThat(trainings)
                    .allSatisfy(
                            training -> assertThat(api.read(training).status()).isEqualTo(200));
            assertThat(api.read(late).status()).isEqualTo(404);
        }
    }
}
