package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.Serving;
import org.voyage.indicators.evidence.EvidenceReader;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveReader;
import org.voyage.indicators.proof.Proving;
import org.voyage.kittest.RealBackends;

/** Asks, many times a second, while records are written, corrected and withdrawn and readers of the log break. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class PartsEqualWholesIT implements Serving {

    private static final Duration UNDER_LOAD = Duration.ofSeconds(10);
    private static final int SAMPLES_PER_SECOND = 10;

    @Inject
    LiveFigures live;

    @Inject
    Figures figures;

    @Inject
    Catalogue catalogue;

    @Inject
    LiveReader liveReader;

    @Inject
    EvidenceReader evidenceReader;

    @Inject
    DataSource database;

    @Test
    void in_every_read_parts_equal_wholes_under_load_and_during_faults() throws Exception {
        PartsAndWholes parts = new PartsAndWholes(live, figures, catalogue);
        ReaderFaults faults = new ReaderFaults(liveReader, evidenceReader, database);
        long samples = 0;
        long moved = 0;
        Instant end = Instant.now().plus(UNDER_LOAD);
        try (ManyChanges changes = new ManyChanges();
                ScheduledExecutorService clock = Executors.newScheduledThreadPool(2)) {
            clock.scheduleAtFixedRate(changes::send, 0, 20, TimeUnit.MILLISECONDS);
            clock.scheduleAtFixedRate(faults::strike, 300, 500, TimeUnit.MILLISECONDS);
            while (Instant.now().isBefore(end)) {
                moved += parts.sample() ? 1 : 0;
                samples++;
            }
            clock.shutdown();
            assertThat(changes.sent()).as("events").isGreaterThan(500);
        }

        assertThat(samples / UNDER_LOAD.toSeconds()).as("samples a second").isGreaterThanOrEqualTo(SAMPLES_PER_SECOND);
        assertThat(moved).as("samples between which figures moved").isGreaterThan(5);
        assertThat(faults.struck()).as("readers that broke").isGreaterThan(3);
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }
}
