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
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestEffort;

/** Test of the fold with its own topics and database, which hold only these histories. */
@QuarkusTest
@TestProfile(EvidenceFoldHistoriesIT.SeparateLogProfile.class)
@QuarkusTestResource(
        value = RealBackends.class,
        initArgs = @ResourceArg(name = "database", value = "voyage"),
        restrictToAnnotatedClass = true)
class EvidenceFoldHistoriesIT {

    private static final int HISTORIES = TestEffort.choose(400, 2_000);
    private static final long SEED = 20_261_125;
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final List<String> TOPICS =
            RecordHistory.RECORDS.stream().map(record -> "fold." + record).toList();

    public static class SeparateLogProfile implements QuarkusTestProfile {
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

    private final FigureCalculator figures = new FigureCalculator(TestFigures.REFERENCE, TestFigures.CLOCK, 1_000_000);

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(TOPICS);
    }

    @Test
    void figures_from_the_log_and_from_the_evidence_equal_a_recomputation() throws Exception {
        ReferenceRecount naive = new ReferenceRecount(TestFigures.REFERENCE);
        List<HistoryVersion> deliveries = shuffledVersions();
        deliveries.forEach(naive::addVersion);

        sendVersions(deliveries);

        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(storedEvents()).isEqualTo(deliveries.size()));
        TestFigures restarted = new TestFigures();
        try (EvidenceLoader filling = new EvidenceLoader(restarted.liveFigures, restarted.factReaders)) {
            snapshot.readAll(filling);
        }
        await().atMost(MAX_WAIT)
                .untilAsserted(() -> assertThat(followed.readView(FiguresView::positions))
                        .isEqualTo(restarted.liveFigures.readView(FiguresView::positions)));
        Random random = new Random(SEED);
        for (CountedFigure figure : TestFigures.CATALOGUE.countedFigures()) {
            for (TimedFigureQuery asked : new FigureQueryGenerator(figure, naive, random).allQueries()) {
                asked.assertEqualToRecount("from the evidence", restarted.liveFigures, figures, naive);
                asked.assertEqualToRecount("from the log", followed, figures, naive);
            }
        }
    }

    /** Returns the versions of all histories mixed: versions are late, repeated and in any order. */
    private static List<HistoryVersion> shuffledVersions() {
        List<HistoryVersion> deliveries = new ArrayList<>();
        for (int history = 0; history < HISTORIES; history++) {
            deliveries.addAll(new RecordHistory(new Random(SEED + history), "H" + history + "-").randomDeliveries());
        }
        Collections.shuffle(deliveries, new Random(SEED));
        return deliveries;
    }

    private static void sendVersions(List<HistoryVersion> deliveries) {
        try (KafkaProducer<String, byte[]> producer = TestEventLog.createProducer()) {
            long position = 0;
            for (HistoryVersion version : deliveries) {
                ProducerRecord<String, byte[]> message =
                        new ProducerRecord<>("fold." + version.record(), version.key(), version.eventJson());
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

    /** Returns the number of events that the evidence holds. */
    private long storedEvents() throws SQLException {
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
