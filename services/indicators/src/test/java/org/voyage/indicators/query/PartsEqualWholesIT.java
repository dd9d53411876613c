package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.Records;
import org.voyage.indicators.Serving;
import org.voyage.indicators.evidence.EvidenceReader;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveReader;
import org.voyage.indicators.live.RolledUp;
import org.voyage.indicators.proof.Proving;
import org.voyage.kittest.RealBackends;

/** Asks, many times a second, while records are written, corrected and withdrawn and readers of the log break. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class PartsEqualWholesIT implements Serving {

    private static final Logger LOG = Logger.getLogger(PartsEqualWholesIT.class);
    private static final Duration UNDER_LOAD = Duration.ofSeconds(10);
    /** On a busy machine it takes longer until so much was asked. */
    private static final Duration AT_MOST = Duration.ofSeconds(90);

    private static final int SAMPLES = 50;

    /** Of it there are so many cells that it has roll-ups: some questions are answered from these, others from all cells. */
    private static final String LARGE = "overseas-training-people";

    private static final int TRAININGS = 10_000;
    private static final int CELLS = 8_500;

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set before each test
    URI service;

    @Inject
    LiveFigures live;

    @Inject
    LiveReader liveReader;

    @Inject
    EvidenceReader evidenceReader;

    @Inject
    DataSource database;

    @Inject
    Clock time;

    private int fromRollUps;
    private int fromAllCells;

    @BeforeAll
    static void topics() throws Exception {
        Records.createTopics();
    }

    @Test
    void in_every_read_parts_equal_wholes_under_load_and_during_faults() throws Exception {
        ReaderFaults faults = new ReaderFaults(liveReader, evidenceReader, database);
        PartsAndWholes parts = new PartsAndWholes(service);
        try (parts;
                ManyChanges changes = new ManyChanges();
                ScheduledExecutorService clock = Executors.newScheduledThreadPool(2)) {
            changes.sendHistory(TRAININGS);
            await().atMost(Duration.ofSeconds(60)).until(() -> RolledUp.cells(live, LARGE) > CELLS);
            clock.scheduleAtFixedRate(changes::send, 0, 100, TimeUnit.MILLISECONDS);
            clock.scheduleAtFixedRate(faults::strike, 300, 500, TimeUnit.MILLISECONDS);
            Instant begin = Instant.now();
            while (Instant.now().isBefore(begin.plus(hasAskedEnough(parts) ? UNDER_LOAD : AT_MOST))) {
                note(parts.sample());
            }
            clock.shutdown();
            assertThat(changes.sent()).as("events").isGreaterThan(TRAININGS + 5_000);
        }

        LOG.infof(
                "%d samples in %s or more: %d from roll-ups, %d from all cells, %d moved, wholes agreed %s",
                parts.samples(), UNDER_LOAD, fromRollUps, fromAllCells, parts.moved(), parts.agreed());
        assertThat(parts.samples()).as("samples").isGreaterThanOrEqualTo(SAMPLES);
        assertThat(parts.ofEachQuestion()).as("samples of each question").isGreaterThan(1);
        assertThat(parts.moved()).as("samples between which figures moved").isGreaterThan(20);
        assertThat(parts.agreed()).as("wholes of one position").containsKeys("2023", PartsAndWholes.YEARS);
        assertThat(fromRollUps).as("samples from roll-ups").isGreaterThan(10);
        assertThat(fromAllCells).as("samples from all cells").isGreaterThan(10);
        assertThat(faults.struck()).as("readers that broke").isGreaterThan(3);
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    private boolean hasAskedEnough(PartsAndWholes parts) {
        return parts.samples() >= SAMPLES
                && parts.ofEachQuestion() > 1
                && parts.moved() > 20
                && fromRollUps > 10
                && fromAllCells > 10;
    }

    /** Which sums gave what was answered just now. */
    private void note(PartsAndWholes.Question question) {
        if (question.figures().contains(LARGE)) {
            boolean rolledUp = switch (question.by()) {
                case "list:belt-and-road@then" -> RolledUp.byMembersThen(live, LARGE);
                case "list:belt-and-road@now" -> RolledUp.by(live, LARGE, "hostCountry", LocalDate.now(time));
                default -> RolledUp.by(live, LARGE, question.by(), LocalDate.now(time));
            };
            fromRollUps += rolledUp ? 1 : 0;
            fromAllCells += rolledUp ? 0 : 1;
        }
    }
}
