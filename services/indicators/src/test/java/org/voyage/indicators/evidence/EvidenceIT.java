package org.voyage.indicators.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

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
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReaders;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.FromEvidence;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class EvidenceIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    DataSource dataSource;

    @Inject
    EvidenceStore store;

    @Inject
    EvidenceSnapshot snapshot;

    @Inject
    PastEvidence past;

    @Inject
    LogReaders logs;

    @Inject
    Layouts layouts;

    @Inject
    Catalogue catalogue;

    @Inject
    Reference reference;

    @Inject
    IndicatorsConfig config;

    @Inject
    LiveFigures live;

    @Inject
    Figures figures;

    @Inject
    Topics topics;

    @BeforeAll
    static void topics() throws Exception {
        EventLog.createTopics();
    }

    @BeforeEach
    void ready() {
        EventLog.awaitReady();
    }

    @Test
    void everyVersionIsKeptOnceEvenRepeatedAndOutOfOrder() throws SQLException {
        String key = newKey();
        Receipt sent = Receipt.EMPTY;
        for (int version : new int[] {1, 3, 2, 3, 1}) {
            sent = sent.plus(
                    EventLog.send(EventLog.SCHOOL, key, version, EventLog.school("THA", "other", "2020-01-01", null)));
        }
        Receipt all = sent;

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(everythingIsStored(all)).isTrue());

        assertThat(versions(key)).containsExactly(1, 2, 3);
    }

    @Test
    void anUnreadableEventIsSetAsideAndTheReaderGoesOn() {
        String key = newKey();
        EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("THA", "other", "2020-01-01", null));
        EventLog.raw(EventLog.SCHOOL, key, "{\"broken".getBytes(StandardCharsets.UTF_8));

        await().atMost(SOON).untilAsserted(() -> assertThat(live.stale()).contains("overseas-school " + key));
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/indicators/overseas-students/values?by=year&province=" + key.substring(0, 2))
                .then()
                .body("notes.code", hasItem("stale-records"));
        EventLog.send(EventLog.SCHOOL, key, 3, EventLog.school("LAO", "other", "2020-01-01", null));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(versions(key)).containsExactly(1, 3);
            assertThat(live.stale()).doesNotContain("overseas-school " + key);
            assertThat(setAside(key)).isEqualTo(1);
        });
    }

    @Test
    void whatIsHeldHealsItsKeyWhenItIsRepublishedLaterThanTheUnreadableEvent() throws Exception {
        String key = newKey();
        EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("THA", "other", "2020-01-01", null));
        republish(key, 1);
        assertThat(stale(key, garbage(key)))
                .as("what came before the unreadable event")
                .containsOnly(true);

        Receipt repeated = EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("THA", "other", "2020-01-01", null));
        assertThat(stale(key, repeated)).as("a repeat").containsOnly(true);

        assertThat(stale(key, republish(key, 1))).as("republished").containsOnly(false);

        assertThat(stale(key, garbage(key))).as("unreadable again").containsOnly(true);
        assertThat(versions(key)).containsExactly(1);
        heal(key);
    }

    @Test
    void aStateThatIsNotTheNewestDoesNotHealItsKey() throws Exception {
        String key = newKey();
        EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("THA", "other", "2020-01-01", null));
        EventLog.send(EventLog.SCHOOL, key, 3, EventLog.school("LAO", "other", "2020-01-01", null));
        garbage(key);

        EventLog.send(EventLog.SCHOOL, key, 2, EventLog.school("LAO", "other", "2021-01-01", null));
        assertThat(stale(key, republish(key, 1))).containsOnly(true);

        assertThat(versions(key)).containsExactly(1, 2, 3);
        heal(key);
    }

    /** Other tests ask for figures of the same records, which would have a note. */
    private void heal(String key) {
        EventLog.send(EventLog.SCHOOL, key, 4, EventLog.school("LAO", "other", "2020-01-01", null));
        await().atMost(SOON).untilAsserted(() -> assertThat(live.stale()).doesNotContain("overseas-school " + key));
    }

    private static Receipt garbage(String key) {
        return EventLog.raw(EventLog.SCHOOL, key, "{\"broken".getBytes(StandardCharsets.UTF_8));
    }

    private static Receipt republish(String key, int version) {
        String told = EventLog.change(key, version, EventLog.school("THA", "other", "2020-01-01", null))
                .replaceFirst("\"change\":\"[a-z]+\"", "\"change\":\"republished\"");
        return EventLog.raw(EventLog.SCHOOL, key, told.getBytes(StandardCharsets.UTF_8));
    }

    /** Once it is read: as an operator is told, and after a restart. */
    private List<Boolean> stale(String key, Receipt sent) throws SQLException {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(everythingIsStored(sent)).isTrue());
        List<Boolean> stale = new ArrayList<>();
        given()
                .auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/set-aside?limit=1000")
                .jsonPath()
                .<Map<String, Object>>getList("items")
                .stream()
                .filter(item -> key.equals(item.get("key")))
                .forEach(item -> stale.add(Boolean.FALSE.equals(item.get("healed"))));
        stale.add(restarted().stale().contains("overseas-school " + key));
        return stale;
    }

    private LiveFigures restarted() throws SQLException {
        Dictionaries dictionaries = new Dictionaries();
        LiveFigures restarted = new LiveFigures(catalogue, layouts, dictionaries, reference.geography());
        try (FromEvidence filling = new FromEvidence(restarted, new FactReaders(layouts, dictionaries))) {
            snapshot.read(filling);
        }
        return restarted;
    }

    @Test
    void theDatabaseItselfShowsABureauWhereItsOwnRecordsCameAndNobodyElse() throws SQLException {
        String key = newKey();
        String other = "31" + newKey().substring(2);
        Receipt all = EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("KEN", "other", "2020-02-29", null))
                .plus(EventLog.send(EventLog.SCHOOL, other, 1, EventLog.school("KEN", "other", "2020-02-29", null)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(everythingIsStored(all)).isTrue());
        Map<String, Integer> both = Map.of(key, 1, other, 1);

        assertThat(DatabaseScope.<Set<String>, SQLException>runWithinScope(new Scope.ProvinceScope(Province.of("31")), () -> places(both)))
                .containsExactly(other);
        assertThat(DatabaseScope.<Set<String>, SQLException>runForAllProvinces(() -> places(both)))
                .containsExactlyInAnyOrder(key, other);
        assertThat(places(both)).isEmpty();
    }

    private Set<String> places(Map<String, Integer> versions) throws SQLException {
        return past.places("overseas-school", versions).keySet();
    }

    @Test
    void figuresFilledFromTheEvidenceEqualThoseReadFromTheLog() throws Exception {
        String key = newKey();
        Receipt all = EventLog.send(
                        EventLog.SCHOOL, key, 1, EventLog.school("KEN", "luban-workshop", "2020-02-29", "2024-02-29"))
                .plus(EventLog.send(EventLog.HEADCOUNT, key, 1, EventLog.headcount(key.substring(3), 2023, 17)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(everythingIsStored(all)).isTrue());

        LiveFigures restarted = restarted();

        await().atMost(SOON).untilAsserted(() -> assertThat(everything(live)).isEqualTo(everything(restarted)));
        assertThat(restarted.read(Cut::positions)).isEqualTo(live.read(Cut::positions));
    }

    @Test
    void whatIsKeptOfATopicThatIsNoLongerReadIsLeftOut() throws Exception {
        String key = newKey();
        Receipt all = EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("KEN", "other", "2020-02-29", null))
                .plus(EventLog.send(EventLog.HEADCOUNT, key, 1, EventLog.headcount(key.substring(3), 2023, 17)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(everythingIsStored(all)).isTrue());
        Shown shown = new Shown(new TreeSet<>(), new TreeSet<>());

        new EvidenceSnapshot(dataSource, new Topics(List.of(EventLog.SCHOOL))).read(shown);

        assertThat(shown.records()).containsExactly("overseas-school");
        assertThat(shown.topics()).containsExactly(EventLog.SCHOOL);
    }

    private record Shown(Set<String> records, Set<String> topics) implements EvidenceSnapshot.Visitor {
        @Override
        public void fact(String record, String key, int version, String change, byte @Nullable [] after) {
            records.add(record);
        }

        @Override
        public void stale(String topic, String record, String key) {
            topics.add(topic);
        }

        @Override
        public void end(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position) {
            next.keySet().forEach(partition -> topics.add(partition.topic()));
        }
    }

    @Test
    void twoReadersStoreEachEventOnce() {
        EvidenceReader second = new EvidenceReader(store, logs, layouts, config, new SimpleMeterRegistry());
        second.start(new StartupEvent());
        List<String> keys = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                String key = newKey();
                keys.add(key);
                EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("THA", "other", "2021-01-01", null));
            }
            await().atMost(SOON.multipliedBy(2))
                    .untilAsserted(() -> assertThat(keys)
                            .allSatisfy(key -> assertThat(versions(key)).containsExactly(1)));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(everythingIsStored(Receipt.EMPTY)).isTrue());
        } finally {
            second.stop(new ShutdownEvent());
        }
    }

    private static String newKey() {
        return "12/E-" + UUID.randomUUID();
    }

    /** Whether the figures in memory hold what was sent, and the evidence is as far as they are. */
    private boolean everythingIsStored(Receipt sent) throws SQLException {
        var positions = live.read(Cut::positions);
        var places = store.places();
        return sent.parts().stream().allMatch(part -> {
                    TopicPartition partition = new TopicPartition(part.topic(), part.partition());
                    return positions.at(partition).outbox() >= part.position() && places.containsKey(partition);
                })
                && places.entrySet().stream()
                        .filter(place -> topics.names().contains(place.getKey().topic()))
                        .allMatch(place -> positions.at(place.getKey()).offset()
                                == place.getValue().next());
    }

    private Map<String, List<Cell>> everything(LiveFigures of) {
        Map<String, List<Cell>> cells = new java.util.TreeMap<>();
        for (Indicator indicator : catalogue.all()) {
            List<By> by = new ArrayList<>(List.of(new By.Year()));
            indicator.dimensions().forEach(dimension -> by.add(new By.Dimension(dimension)));
            FigureQuery query = new FigureQuery(indicator, by, Map.of(), List.of(), new Period.Current());
            cells.put(indicator.code(), of.read(cut -> figures.cells(cut, query, Optional.empty())));
        }
        return cells;
    }

    private List<Integer> versions(String key) throws SQLException {
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

    private int setAside(String key) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from set_aside where key = ?")) {
            statement.setBytes(1, key.getBytes(StandardCharsets.UTF_8));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt(1) : -1;
            }
        }
    }
}
