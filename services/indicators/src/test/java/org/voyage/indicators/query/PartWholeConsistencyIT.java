package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.evidence.EvidenceIngester;
import org.voyage.indicators.feature.verification.proof.ProofRequests;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.kittest.RealBackends;

/**
 * Test of part-whole consistency, with many queries per second. Meanwhile records are created, corrected and withdrawn,
 * and log readers fail.
 */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class PartWholeConsistencyIT implements RunningServiceTest {

    private static final Logger LOG = Logger.getLogger(PartWholeConsistencyIT.class);
    private static final Duration UNDER_LOAD = Duration.ofSeconds(10);
    /** On a busy machine it takes longer until so much was asked. */
    private static final Duration AT_MOST = Duration.ofSeconds(90);

    private static final int SAMPLES = 50;

    private static final String LARGE_FIGURE = "overseas-training-people";

    private static final int TRAININGS = 10_000;
    private static final int CELLS = 8_500;

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set before each test
    URI service;

    @Inject
    LiveFigures live;

    @Inject
    LiveFiguresUpdater liveReader;

    @Inject
    EvidenceIngester evidenceReader;

    @Inject
    DataSource database;

    @BeforeAll
    static void createTopics() throws Exception {
        RecordStates.createTopics();
    }

    @Test
    void in_every_read_parts_equal_wholes_under_load_and_during_faults() throws Exception {
        LogReaderFaults faults = new LogReaderFaults(liveReader, evidenceReader, database);
        PartWholeSampler parts = new PartWholeSampler(service);
        try (parts;
                ChangeLoadGenerator changes = new ChangeLoadGenerator();
                ScheduledExecutorService clock = Executors.newScheduledThreadPool(2)) {
            changes.sendHistory(TRAININGS);
            await().atMost(Duration.ofSeconds(60)).until(() -> countCells() > CELLS);
            clock.scheduleAtFixedRate(changes::sendNext, 0, 100, TimeUnit.MILLISECONDS);
            clock.scheduleAtFixedRate(faults::causeFault, 300, 500, TimeUnit.MILLISECONDS);
            Instant begin = Instant.now();
            while (Instant.now().isBefore(begin.plus(hasAskedEnough(parts) ? UNDER_LOAD : AT_MOST))) {
                parts.askAndCheck();
            }
            clock.shutdown();
            assertThat(changes.sentEvents()).as("events").isGreaterThan(TRAININGS + 5_000);
        }

        LOG.infof(
                "%d samples in %s or more: %d moved, wholes agreed %s",
                parts.countSamples(), UNDER_LOAD, parts.movedAnswers(), parts.agreementsByPeriod());
        assertThat(parts.countSamples()).as("samples").isGreaterThanOrEqualTo(SAMPLES);
        assertThat(parts.minSamplesPerQuestion()).as("samples of each question").isGreaterThan(1);
        assertThat(parts.movedAnswers())
                .as("samples between which figures moved")
                .isGreaterThan(20);
        assertThat(parts.agreementsByPeriod())
                .as("wholes of one position")
                .containsKeys("2023", PartWholeSampler.YEAR_RANGE);
        assertThat(faults.faultCount()).as("readers that broke").isGreaterThan(3);
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    private int countCells() {
        return live.readView(view -> view.requireWhole(LARGE_FIGURE).cube().size());
    }

    private boolean hasAskedEnough(PartWholeSampler parts) {
        return parts.countSamples() >= SAMPLES
                && parts.minSamplesPerQuestion() > 1
                && parts.movedAnswers() > 20
                && parts.agreementsByPeriod().keySet().containsAll(List.of("2023", PartWholeSampler.YEAR_RANGE));
    }
}
