package org.voyage.indicators.evidence.checkpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.EvidenceIngester;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.evidence.EvidenceStore;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.live.EvidenceLoader;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.log.VersionOrder;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class EvidenceIngesterIT {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    @Inject
    DataSource dataSource;

    @Inject
    EvidenceStore store;

    @Inject
    EvidenceSnapshot snapshot;

    @Inject
    EvidenceHistory past;

    @Inject
    LogReaderFactory logs;

    @Inject
    RecordLayoutRegistry layouts;

    @Inject
    FigureCatalogue catalogue;

    @Inject
    ReferenceData reference;

    @Inject
    IndicatorsConfig config;

    @Inject
    LiveFigures live;

    @Inject
    FigureCalculator figures;

    @Inject
    LogTopics topics;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics();
    }

    @BeforeEach
    void awaitReady() {
        TestEventLog.awaitReady();
    }

    @Test
    void every_version_is_kept_once_even_repeated_and_out_of_order() throws SQLException {
        String key = newKey();
        Receipt sent = Receipt.EMPTY;
        for (int version : new int[] {1, 3, 2, 3, 1}) {
            sent = sent.plus(TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    key,
                    version,
                    TestEventLog.schoolJson("THA", "other", "2020-01-01", null)));
        }
        Receipt all = sent;

        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(isStored(all)).isTrue());

        assertThat(storedVersions(key)).containsExactly(1, 2, 3);
    }

    @Test
    void an_unreadable_event_becomes_a_dead_letter_and_the_reader_goes_on() {
        String key = newKey();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2020-01-01", null));
        TestEventLog.sendRaw(TestEventLog.SCHOOL_TOPIC, key, "{\"broken".getBytes(StandardCharsets.UTF_8));

        await().atMost(MAX_WAIT)
                .untilAsserted(() -> assertThat(live.staleKeys()).contains("overseas-school " + key));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-students/values?by=year&province=" + key.substring(0, 2))
                .then()
                .body("notes.code", hasItem("stale-records"));
        given().get("/q/metrics").then().body(matchesPattern("(?s).*\nvoyage_indicators_stale_records [1-9].*"));
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 3, TestEventLog.schoolJson("LAO", "other", "2020-01-01", null));

        await().atMost(MAX_WAIT).untilAsserted(() -> {
            assertThat(storedVersions(key)).containsExactly(1, 3);
            assertThat(live.staleKeys()).doesNotContain("overseas-school " + key);
            assertThat(countDeadLetters(key)).isEqualTo(1);
        });
    }

    @Test
    void a_restored_service_that_draws_a_version_again_counts_with_its_new_content() throws Exception {
        String key = newKey();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2020-01-01", null));
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 2, TestEventLog.schoolJson("THA", "dayu-college", "2020-01-01", null));
        TestEventLog.sendInEpoch(
                TestEventLog.SCHOOL_TOPIC, 1, key, 1, TestEventLog.schoolJson("LAO", "other", "2020-01-01", null));
        Receipt late = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 3, TestEventLog.schoolJson("KEN", "other", "2020-01-01", null));

        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(isStored(late)).isTrue());

        int again = VersionOrder.toOrder(1, 1);
        await().atMost(MAX_WAIT)
                .untilAsserted(() -> assertThat(storedVersions(key)).containsExactly(1, 2, 3, again));
        assertThat(versionInMemory(live, key)).isEqualTo(again);
        assertThat(versionInMemory(restartFigures(), key)).isEqualTo(again);
        assertThat(live.staleKeys()).doesNotContain("overseas-school " + key);
    }

    @Test
    void two_contents_of_one_version_become_dead_letters_and_reported_and_the_first_counts() throws Exception {
        String key = newKey();
        String content = TestEventLog.schoolJson("THA", "other", "2020-01-01", null);
        TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, content);
        assertThat(staleKeys(key, TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, content)))
                .as("a repeat of the relay")
                .containsOnly(false);

        Receipt other = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("KEN", "other", "2020-01-01", null));

        await().atMost(MAX_WAIT)
                .untilAsserted(() -> assertThat(countDeadLetters(key)).isEqualTo(1));
        assertThat(staleKeys(key, other)).containsOnly(true);
        assertThat(live.staleKeys()).contains("overseas-school " + key);
        Receipt newer = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 2, TestEventLog.schoolJson("KEN", "other", "2020-01-01", null));
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(isStored(newer)).isTrue());
        assertThat(live.staleKeys()).doesNotContain("overseas-school " + key);
        assertThat(storedVersions(key)).containsExactly(1, 2);
    }

    private static int versionInMemory(LiveFigures figures, String key) {
        AtomicInteger version = new AtomicInteger();
        figures.readView(view -> {
            view.visitContributions("overseas-schools", (of, its, at, amount) -> {
                if (of.equals(key)) {
                    version.set(its);
                }
            });
            return true;
        });
        return version.get();
    }

    @Test
    void what_is_held_heals_its_key_when_it_is_republished_later_than_the_unreadable_event() throws Exception {
        String key = newKey();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2020-01-01", null));
        sendRepublished(key, 1);
        assertThat(staleKeys(key, sendGarbage(key)))
                .as("what came before the unreadable event")
                .containsOnly(true);

        Receipt repeated = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2020-01-01", null));
        assertThat(staleKeys(key, repeated)).as("a repeat").containsOnly(true);

        assertThat(staleKeys(key, sendRepublished(key, 1))).as("republished").containsOnly(false);

        assertThat(staleKeys(key, sendGarbage(key))).as("unreadable again").containsOnly(true);
        assertThat(storedVersions(key)).containsExactly(1);
        healKey(key);
    }

    @Test
    void a_state_that_is_not_the_newest_does_not_heal_its_key() throws Exception {
        String key = newKey();
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2020-01-01", null));
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 3, TestEventLog.schoolJson("LAO", "other", "2020-01-01", null));
        sendGarbage(key);

        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 2, TestEventLog.schoolJson("LAO", "other", "2021-01-01", null));
        assertThat(staleKeys(key, sendRepublished(key, 1))).containsOnly(true);

        assertThat(storedVersions(key)).containsExactly(1, 2, 3);
        healKey(key);
    }

    /** Other tests query figures of the same records, which would have a note. */
    private void healKey(String key) {
        TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 4, TestEventLog.schoolJson("LAO", "other", "2020-01-01", null));
        await().atMost(MAX_WAIT)
                .untilAsserted(() -> assertThat(live.staleKeys()).doesNotContain("overseas-school " + key));
    }

    private static Receipt sendGarbage(String key) {
        return TestEventLog.sendRaw(TestEventLog.SCHOOL_TOPIC, key, "{\"broken".getBytes(StandardCharsets.UTF_8));
    }

    private static Receipt sendRepublished(String key, int version) {
        String told = TestEventLog.changeJson(key, version, TestEventLog.schoolJson("THA", "other", "2020-01-01", null))
                .replaceFirst("\"change\":\"[a-z]+\"", "\"change\":\"republished\"");
        return TestEventLog.sendRaw(TestEventLog.SCHOOL_TOPIC, key, told.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the healed marks after the event is read: in the operator's response, and after a restart. */
    private List<Boolean> staleKeys(String key, Receipt sent) throws SQLException {
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(isStored(sent)).isTrue());
        List<Boolean> stale = new ArrayList<>();
        given()
                .auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/dead-letters?limit=1000")
                .jsonPath()
                .<Map<String, Object>>getList("items")
                .stream()
                .filter(item -> key.equals(item.get("key")))
                .forEach(item -> stale.add(Boolean.FALSE.equals(item.get("healed"))));
        stale.add(restartFigures().staleKeys().contains("overseas-school " + key));
        return stale;
    }

    private LiveFigures restartFigures() throws SQLException {
        DictionaryRegistry dictionaries = new DictionaryRegistry();
        LiveFigures restarted = new LiveFigures(catalogue, layouts, dictionaries, reference.geography());
        try (EvidenceLoader filling = new EvidenceLoader(restarted, new FactReaderRegistry(layouts, dictionaries))) {
            snapshot.readAll(filling);
        }
        return restarted;
    }

    @Test
    void the_database_itself_shows_a_bureau_the_places_of_its_own_records_only() throws SQLException {
        String key = newKey();
        String other = "31" + newKey().substring(2);
        Receipt all = TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("KEN", "other", "2020-02-29", null))
                .plus(TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC,
                        other,
                        1,
                        TestEventLog.schoolJson("KEN", "other", "2020-02-29", null)));
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(isStored(all)).isTrue());
        Map<String, Integer> both = Map.of(key, 1, other, 1);

        assertThat(DatabaseScope.<Set<String>, SQLException>runWithinScope(
                        new Scope.ProvinceScope(Province.of("31")), () -> visiblePlaces(both)))
                .containsExactly(other);
        assertThat(DatabaseScope.<Set<String>, SQLException>runForAllProvinces(() -> visiblePlaces(both)))
                .containsExactlyInAnyOrder(key, other);
        assertThat(visiblePlaces(both)).isEmpty();
    }

    private Set<String> visiblePlaces(Map<String, Integer> versions) throws SQLException {
        return past.findLocations("overseas-school", versions).keySet();
    }

    @Test
    void figures_filled_from_the_evidence_equal_those_read_from_the_log() throws Exception {
        String key = newKey();
        Receipt all = TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC,
                        key,
                        1,
                        TestEventLog.schoolJson("KEN", "luban-workshop", "2020-02-29", "2024-02-29"))
                .plus(TestEventLog.sendChange(
                        TestEventLog.HEADCOUNT_TOPIC, key, 1, TestEventLog.headcountJson(key.substring(3), 2023, 17)));
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(isStored(all)).isTrue());

        LiveFigures restarted = restartFigures();

        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(allCells(live)).isEqualTo(allCells(restarted)));
        assertThat(restarted.readView(FiguresView::positions)).isEqualTo(live.readView(FiguresView::positions));
    }

    @Test
    void what_is_kept_of_a_topic_that_is_no_longer_read_is_left_out() throws Exception {
        String key = newKey();
        Receipt all = TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("KEN", "other", "2020-02-29", null))
                .plus(TestEventLog.sendChange(
                        TestEventLog.HEADCOUNT_TOPIC, key, 1, TestEventLog.headcountJson(key.substring(3), 2023, 17)));
        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(isStored(all)).isTrue());
        RecordingVisitor shown = new RecordingVisitor(new TreeSet<>(), new TreeSet<>());

        new EvidenceSnapshot(dataSource, new LogTopics(List.of(TestEventLog.SCHOOL_TOPIC))).readAll(shown);

        assertThat(shown.records()).containsExactly("overseas-school");
        assertThat(shown.topics()).containsExactly(TestEventLog.SCHOOL_TOPIC);
    }

    private record RecordingVisitor(Set<String> records, Set<String> topics)
            implements EvidenceSnapshot.EvidenceVisitor {
        @Override
        public void visitFact(String record, String key, int version, String change, byte @Nullable [] after) {
            records.add(record);
        }

        @Override
        public void visitStale(String topic, String record, String key) {
            topics.add(topic);
        }

        @Override
        public void finish(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position) {
            next.keySet().forEach(partition -> topics.add(partition.topic()));
        }
    }

    @Test
    void two_readers_store_each_event_once() {
        EvidenceIngester second = new EvidenceIngester(store, logs, layouts, config, new SimpleMeterRegistry());
        second.start(new StartupEvent());
        List<String> keys = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                String key = newKey();
                keys.add(key);
                TestEventLog.sendChange(
                        TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("THA", "other", "2021-01-01", null));
            }
            await().atMost(MAX_WAIT.multipliedBy(2))
                    .untilAsserted(() -> assertThat(keys)
                            .allSatisfy(key -> assertThat(storedVersions(key)).containsExactly(1)));
            await().atMost(MAX_WAIT)
                    .untilAsserted(() -> assertThat(isStored(Receipt.EMPTY)).isTrue());
        } finally {
            second.stop(new ShutdownEvent());
        }
    }

    private static String newKey() {
        return "12/E-" + UUID.randomUUID();
    }

    /** Returns whether the live figures hold the write, and the evidence has reached the same position. */
    private boolean isStored(Receipt sent) throws SQLException {
        var positions = live.readView(FiguresView::positions);
        var places = store.loadOffsets();
        return sent.parts().stream().allMatch(part -> {
                    TopicPartition partition = new TopicPartition(part.topic(), part.partition());
                    return positions.positionOf(partition).outbox() >= part.position() && places.containsKey(partition);
                })
                && places.entrySet().stream()
                        .filter(place -> topics.names().contains(place.getKey().topic()))
                        .allMatch(place -> positions.positionOf(place.getKey()).offset()
                                == place.getValue().nextOffset());
    }

    private Map<String, List<ResultCell>> allCells(LiveFigures of) {
        Map<String, List<ResultCell>> cells = new java.util.TreeMap<>();
        for (CountedFigure figure : catalogue.countedFigures()) {
            List<Breakdown> by = new ArrayList<>(List.of(new Breakdown.YearBreakdown()));
            figure.dimensions().forEach(dimension -> by.add(new Breakdown.DimensionBreakdown(dimension)));
            FigureQuery query = new FigureQuery(figure, by, Map.of(), List.of(), new PeriodFilter.CurrentPeriod());
            cells.put(figure.code(), of.readView(view -> figures.computeCells(view, query, Optional.empty())));
        }
        return cells;
    }

    private List<Integer> storedVersions(String key) throws SQLException {
        List<Integer> versions = new ArrayList<>();
        try (Connection connection = DatabaseScope.runForAllProvinces(() -> dataSource.getConnection());
                PreparedStatement statement = connection.prepareStatement(
                        "select version from evidence where province || '/' || source_id = ?"
                                + " and record = 'overseas-school' order by version")) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    versions.add(rows.getInt(1));
                }
            }
        }
        return versions;
    }

    private int countDeadLetters(String key) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from dead_letter where key = ?")) {
            statement.setBytes(1, key.getBytes(StandardCharsets.UTF_8));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : -1;
            }
        }
    }
}
