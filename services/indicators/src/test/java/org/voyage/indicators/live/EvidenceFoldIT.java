package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.query.Figures;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestEffort;

/** Topics and a database of its own: nothing but these histories is in them. */
@QuarkusTest
@TestProfile(EvidenceFoldIT.OwnLog.class)
@QuarkusTestResource(
        value = RealBackends.class,
        initArgs = @ResourceArg(name = "database", value = "voyage"),
        restrictToAnnotatedClass = true)
class EvidenceFoldIT {

    private static final int HISTORIES = TestEffort.choose(400, 2_000);
    private static final long SEED = 20_261_125;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> TOPICS =
            History.RECORDS.stream().map(record -> "fold." + record).toList();

    public static class OwnLog implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("voyage.indicators.topics", String.join(",", TOPICS));
        }
    }

    @Inject
    DataSource dataSource;

    @Inject
    EvidenceSnapshot snapshot;

    @Inject
    LiveFigures followed;

    private final Figures figures = new Figures(World.REFERENCE, World.CLOCK, 1_000_000);

    @BeforeAll
    static void topics() throws Exception {
        EventLog.createTopics(TOPICS);
    }

    @Test
    void figures_from_the_log_and_from_the_evidence_equal_a_recomputation() throws Exception {
        Naive naive = new Naive(World.REFERENCE);
        List<Version> deliveries = deliveries();
        deliveries.forEach(naive::deliver);

        send(deliveries);

        await().atMost(LONG).untilAsserted(() -> assertThat(stored()).isEqualTo(deliveries.size()));
        World restarted = new World();
        try (FromEvidence filling = new FromEvidence(restarted.live, restarted.readers)) {
            snapshot.read(filling);
        }
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(followed.read(Cut::positions)).isEqualTo(restarted.live.read(Cut::positions)));
        Random random = new Random(SEED);
        for (Indicator indicator : World.CATALOGUE.all()) {
            for (Asked asked : new Inquiry(indicator, naive, random).everything()) {
                asked.compare("from the evidence", restarted.live, figures, naive);
                asked.compare("from the log", followed, figures, naive);
            }
        }
    }

    /** All histories among each other: versions come late, twice and in any order. */
    private static List<Version> deliveries() {
        List<Version> deliveries = new ArrayList<>();
        for (int history = 0; history < HISTORIES; history++) {
            deliveries.addAll(new History(new Random(SEED + history), "H" + history + "-").deliveries());
        }
        Collections.shuffle(deliveries, new Random(SEED));
        return deliveries;
    }

    private static void send(List<Version> deliveries) {
        try (KafkaProducer<String, byte[]> producer = EventLog.producer()) {
            long position = 0;
            for (Version version : deliveries) {
                ProducerRecord<String, byte[]> message =
                        new ProducerRecord<>("fold." + version.record(), version.key(), version.json());
                position++;
                Map.of(
                                "ce_id",
                                version.record() + version.key() + version.version(),
                                "ce_time",
                                "2026-11-24T04:00:00Z",
                                "ce_position",
                                String.valueOf(position))
                        .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(message);
            }
        }
    }

    /** How much of the log the evidence holds. */
    private long stored() throws SQLException {
        String topics = TOPICS.stream().collect(Collectors.joining("','", "'", "'"));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select coalesce(sum(next_offset), 0) from consumer_offset where topic in (" + topics + ")");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
