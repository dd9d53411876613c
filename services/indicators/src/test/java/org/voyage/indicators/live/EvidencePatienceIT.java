package org.voyage.indicators.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.TestEventLog;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of a start with blocked live figures: the evidence waits for them, but not permanently. */
@QuarkusTest
@TestProfile(EvidencePatienceIT.ShortPatienceProfile.class)
@QuarkusTestResource(
        value = RealBackends.class,
        initArgs = @ResourceArg(name = "database", value = "mobility"),
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = NewFigureStart.EarlierStartResource.class,
        initArgs = {@ResourceArg(name = "database", value = "mobility"), @ResourceArg(name = "log", value = "waits")},
        restrictToAnnotatedClass = true)
class EvidencePatienceIT {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final String READ_SQL =
            "select coalesce(sum(next_offset), 0) from consumer_offset where topic like 'waits.%'";

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @Inject
    @SuppressWarnings("NullAway.Init")
    LiveFiguresUpdater updater;

    /** Used by this start only. */
    @Inject
    Instance<BlockedLiveFigures> live;

    public static class ShortPatienceProfile implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(BlockedLiveFigures.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "voyage.indicators.topics",
                    String.join(",", NewFigureStart.topicsOf("waits")),
                    "voyage.indicators.evidence-waits",
                    "20s");
        }
    }

    /**
     * Blocks the figures with a read, so that no batch can be applied, from the end of the other start-up observers.
     */
    @Alternative
    @Singleton
    public static class BlockedLiveFigures {

        private final CountDownLatch held = new CountDownLatch(1);

        void holdFigures(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event, LiveFigures figures)
                throws InterruptedException {
            CountDownLatch holding = new CountDownLatch(1);
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> figures.readView(_ -> {
                        holding.countDown();
                        try {
                            held.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return true;
                    }));
            holding.await();
        }

        void releaseFigures() {
            held.countDown();
        }
    }

    @Test
    void the_evidence_lets_the_live_figures_go_first_and_goes_on_when_they_cannot() {
        assertThat(updater.hasCaughtUp()).isFalse();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(15)).until(() -> readEvents() == 0);
        // No thread has queried the end offsets of Kafka yet.
        assertThat(lagMetric()).isEqualTo("NaN");

        await().atMost(MAX_WAIT).until(() -> readEvents() == 6);
        await().atMost(MAX_WAIT).until(() -> lagMetric().equals("0.0"));

        assertThat(updater.hasCaughtUp()).isFalse();
        live.get().releaseFigures();
        TestEventLog.awaitReady();
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-schools/values?period=2022")
                .then()
                .statusCode(200)
                .body("items.value", equalTo(List.of(2)));
    }

    /** Returns the lag that all threads of the ingestion have. */
    private static String lagMetric() {
        return given().get("/q/metrics")
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith("voyage_indicators_evidence_lag"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private long readEvents() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ_SQL)) {
            row.next();
            return row.getLong(1);
        }
    }
}
