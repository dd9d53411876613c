package org.voyage.indicators.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Serving;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Tampering;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.Tokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ProofIT implements Serving {

    private static final String SCHOOLS = "overseas-schools";

    @Inject
    LiveFigures live;

    @Inject
    DataSource database;

    @Inject
    Reference reference;

    @Inject
    Clock clock;

    @Inject
    ObjectMapper json;

    @Inject
    ProofStore store;

    @Inject
    Candidates candidates;

    @Test
    void corrected_withdrawn_repeated_late_and_unreadable_events_are_proved() {
        String key = newKey();
        EventLog.send(EventLog.HEADCOUNT, newKey(), 1, EventLog.headcount(key.substring(3), 2023, 17));
        EventLog.send(EventLog.SCHOOL, key, 2, school("TUV"));
        EventLog.send(EventLog.SCHOOL, key, 2, school("NRU"));
        EventLog.send(EventLog.SCHOOL, key, 1, school("NRU"));
        EventLog.raw(EventLog.SCHOOL, key, "no event".getBytes(StandardCharsets.UTF_8));
        String gone = newKey();
        EventLog.send(EventLog.SCHOOL, gone, 1, school("TUV"));
        held(EventLog.send(EventLog.SCHOOL, gone, 2, null));

        JsonPath certificate = Proving.prove();
        EventLog.send(EventLog.SCHOOL, key, 3, school("TUV"));

        assertThat(certificate.getString("proof.verdict"))
                .as(certificate.prettify())
                .isEqualTo("proved");
        assertThat(certificate.getLong("proof.cells")).isGreaterThan(4);
        assertThat(certificate.getInt("proof.figures")).isGreaterThan(40);
        assertThat(certificate.getInt("proof.derivedFigures")).isGreaterThan(20);
        assertThat(certificate.getLong("proof.derivedValues")).isGreaterThan(100);
        assertThat(certificate.getLong("proof.derivedDifferences")).isZero();
        assertThat(certificate.getString("proof.derivedHash")).matches("[0-9a-f]{64}");
        assertThat(certificate.getList("derived")).isEmpty();
        assertThat(certificate.getMap("catalogue")).containsKeys(SCHOOLS, "overseas-schools-share");
        assertThat(certificate.getString("proof.hash")).matches("[0-9a-f]{64}");
        assertThat(certificate.getBoolean("proof.intact")).isTrue();
        assertThat(certificate.getString("proof.by")).isEqualTo("operator");
        assertThat(certificate.getList("items")).isEmpty();
        assertThat(Proving.list().getString("items[0].id")).isEqualTo(certificate.getString("proof.id"));
    }

    @Test
    void a_cell_that_was_tampered_with_is_found_and_raises_the_alarm() {
        opened("GHA");
        String key = opened("TUV");
        String place = new EvidenceRow(database, key, 1).place();
        Tampering.add(live, SCHOOLS, key, 5);
        try {
            JsonPath certificate = Proving.prove();

            List<Map<String, Object>> cells = Proving.differences(certificate, SCHOOLS);
            assertThat(certificate.getList("items")).hasSize(1);
            Map<String, Object> cell = cells.getFirst();
            assertThat(number(cell, "live")).isEqualTo(number(cell, "evidence") + 5);
            assertThat(cell).containsEntry("origin", "memory").containsEntry("published", cell.get("evidence"));
            assertThat(at(cell)).containsEntry("hostCountry", "TUV").containsEntry("province", "12");
            assertThat(place(cell)).isEqualTo(place);
            assertThat(certificate.getLong("proof.differences")).isEqualTo(1);
            assertThat(Proving.derived(certificate, "overseas-schools-concentration"))
                    .as("what is derived from the cell")
                    .isNotEmpty()
                    .allSatisfy(value -> assertThat(value).containsEntry("origin", "cells"));
            assertThat(Proving.list().getBoolean("alarm")).isTrue();
            metric("voyage_indicators_proof_differences " + (1.0 + certificate.getLong("proof.derivedDifferences")));
        } finally {
            Tampering.add(live, SCHOOLS, key, -5);
        }
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
        assertThat(Proving.list().getBoolean("alarm")).isFalse();
        metric("voyage_indicators_proof_differences 0.0");
        metric("voyage_indicators_proof_age_seconds");
    }

    @Test
    void what_differs_is_told_though_its_certificate_cannot_be_kept() {
        String key = opened("LCA");
        Proving.prove();
        AtomicBoolean away = new AtomicBoolean(true);
        QuarkusMock.installMockForType(
                new ProofStore(database, json) {
                    @Override
                    long keep(Certificate certificate) throws SQLException {
                        if (away.getAndSet(false)) {
                            throw new SQLException("away");
                        }
                        return super.keep(certificate);
                    }
                },
                ProofStore.class);
        Tampering.add(live, SCHOOLS, key, 5);
        try {
            given().auth().oauth2(Tokens.operator()).post("/v1/proofs").then().statusCode(202);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(Proving.list().getMap("running")).isNull());
            assertThat(away).isFalse();
            assertThat(Proving.list().getBoolean("alarm")).isTrue();
        } finally {
            Tampering.add(live, SCHOOLS, key, -5);
        }
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
        assertThat(Proving.list().getBoolean("alarm")).isFalse();
    }

    @Test
    void a_candidate_that_is_refused_raises_no_alarm_and_what_serves_is_proved_at_once() throws Exception {
        String key = opened("KNA");
        Proving.prove();
        Tampering.add(live, SCHOOLS, key, 5);
        Frozen wrong = Frozen.of(live);
        Tampering.add(live, SCHOOLS, key, -5);
        Candidates.Verdict verdict = candidates.verify(wrong, Frozen.of(live), "operator");
        assertThat(verdict.proved()).isFalse();

        candidates.refuse(verdict.proof());
        Optional<ProofStore.Sealed> decided = store.newestDecided();

        String id = verdict.proof().id().toString();
        assertThat(Proving.list().getBoolean("alarm")).isFalse();
        JsonPath certificate = Proving.certificate("/v1/proofs/" + id);
        assertThat(Proving.differences(certificate, SCHOOLS)).hasSize(1);
        assertThat(certificate.getBoolean("proof.candidate")).isTrue();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonPath list = Proving.list();
            assertThat(list.getString("items[0].verdict")).isEqualTo("proved");
            assertThat(list.getBoolean("items[0].candidate")).isFalse();
            assertThat(list.getString("items[1].id")).isEqualTo(id);
        });
        assertThat(decided.orElseThrow().certificate().candidate())
                .as("what a start goes on from")
                .isFalse();
    }

    @Test
    void a_version_that_was_counted_twice_is_found_in_every_figure() {
        String key = opened("NRU");
        held(EventLog.send(EventLog.SCHOOL, key, 2, EventLog.school("NIU", "other", "2018-03-14", null)));
        String place = new EvidenceRow(database, key, 2).place();
        Tampering.count(live, "overseas-school", key, 1);
        try {
            JsonPath certificate = Proving.prove();

            for (String figure :
                    List.of(SCHOOLS, "overseas-countries", "overseas-founding-colleges", "overseas-majors")) {
                assertThat(Proving.differences(certificate, figure))
                        .as(figure)
                        .isNotEmpty()
                        .allSatisfy(cell -> {
                            assertThat(number(cell, "live")).isEqualTo(number(cell, "published") + 1);
                            assertThat(cell).containsEntry("origin", "memory");
                            assertThat(place(cell)).isEqualTo(place);
                        });
            }
        } finally {
            Tampering.count(live, "overseas-school", key, -1);
        }
    }

    @Test
    void evidence_that_was_changed_is_found_with_the_version() throws SQLException {
        String key = opened("GUM");
        held(EventLog.send(EventLog.SCHOOL, key, 2, school("COK")));
        EvidenceRow row = new EvidenceRow(database, key, 2);
        String state = row.state();
        row.setState(state.replace("COK", "TKL"));
        try {
            JsonPath certificate = Proving.prove();

            assertThat(Proving.differences(certificate, SCHOOLS))
                    .hasSize(2)
                    .allSatisfy(cell -> {
                        assertThat(cell).containsEntry("origin", "evidence");
                        assertThat(number(cell, "live")).isEqualTo(number(cell, "published"));
                        assertThat(place(cell)).isEqualTo(row.place());
                    })
                    .extracting(cell -> at(cell).get("hostCountry"))
                    .containsExactlyInAnyOrder("COK", "TKL");
        } finally {
            row.setState(state);
        }
    }

    @Test
    void an_event_that_the_evidence_lost_is_found() throws SQLException {
        String key = opened("PYF");
        held(EventLog.send(EventLog.SCHOOL, key, 2, school("NCL")));
        held(EventLog.send(EventLog.HEADCOUNT, newKey(), 1, EventLog.headcount(key.substring(3), 2022, 31)));
        EvidenceRow row = new EvidenceRow(database, key, 2);
        String place = row.place();
        List<Object> lost = row.drop();
        try {
            JsonPath certificate = Proving.prove();

            assertThat(Proving.differences(certificate, SCHOOLS)).hasSize(2).allSatisfy(cell -> {
                assertThat(cell).containsEntry("origin", "evidence");
                assertThat(place(cell)).isEqualTo(place);
            });
            assertThat(Proving.differences(certificate, "overseas-students"))
                    .as("a headcount goes with its school")
                    .hasSize(2)
                    .allSatisfy(cell -> assertThat(place(cell)).isEqualTo(place));
        } finally {
            row.put(lost);
        }
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    /** A hundred schools with a hundred majors, each of a city of its own: enough to be rolled up. */
    @Test
    void a_roll_up_that_is_not_the_sum_of_its_cells_any_more_is_found() {
        String majors = IntStream.range(0, 100)
                .mapToObj(i -> "\"4603%02d\"".formatted(i))
                .collect(Collectors.joining(",", "[", "]"));
        Receipt receipt = Receipt.NOTHING;
        for (int i = 0; i < 100; i++) {
            LocalDate opened = LocalDate.of(2017, 1, 1).plusDays(i);
            String state = EventLog.school("PRK", "other", opened.toString(), null);
            receipt = receipt.and(EventLog.send(EventLog.SCHOOL, newKey(), 1, state.replace("[\"460301\"]", majors)));
        }
        held(receipt);
        for (String year : List.of("2018", "2019", "2020")) {
            given().auth()
                    .oauth2(Tokens.operator())
                    .get("/v1/indicators/overseas-majors/values?hostCountry=PRK&by=hostCountry&period=" + year)
                    .then()
                    .statusCode(200)
                    .body("values[0].value", equalTo(100));
        }
        JsonPath sound = Proving.prove();

        Tampering.rollUp(live, "overseas-majors", 3);
        try {
            JsonPath certificate = Proving.prove();

            assertThat(sound.getString("proof.verdict")).as(sound.prettify()).isEqualTo("proved");
            assertThat(sound.getInt("proof.rollUps")).isPositive();
            assertThat(sound.getLong("proof.rollUpCells")).isGreaterThan(99);
            assertThat(certificate.getString("proof.verdict")).isEqualTo("differs");
            assertThat(certificate.getLong("proof.differences")).isEqualTo(1);
            assertThat(certificate.getList("items")).isEmpty();
            Map<String, Object> cell = certificate.getMap("rollUps[0]");
            assertThat(cell).containsEntry("indicator", "overseas-majors");
            assertThat(number(cell, "held")).isEqualTo(number(cell, "sum") + 3);
            assertThat(cell.get("cells")).isEqualTo(cell.get("cellsHeld"));
            assertThat(at(cell)).containsKeys("majors", "date");
            assertThat(certificate.getString("proof.hash")).isEqualTo(sound.getString("proof.hash"));
            assertThat(Proving.list().getBoolean("alarm")).isTrue();
        } finally {
            Tampering.rollUp(live, "overseas-majors", -3);
        }
        assertThat(Proving.prove().getString("proof.verdict")).isEqualTo("proved");
    }

    /** The index answers with the share of the largest region, as if somebody had taken one rule for the other. */
    @Test
    void a_mistake_in_a_derivation_is_found_and_raises_the_alarm() {
        opened("FIN");
        WrongIndex wrong = new WrongIndex(reference, clock);
        QuarkusMock.installMockForType(wrong, Figures.class);
        JsonPath certificate = Proving.prove();
        boolean alarm = Proving.list().getBoolean("alarm");
        metric("voyage_indicators_proof_differences " + (double) certificate.getLong("proof.derivedDifferences"));
        wrong.mend();
        JsonPath mended = Proving.prove();

        assertThat(certificate.getString("proof.verdict")).isEqualTo("differs");
        assertThat(alarm).isTrue();
        assertThat(certificate.getLong("proof.differences")).isZero();
        assertThat(certificate.getList("items")).isEmpty();
        assertThat(certificate.getList("derived.indicator")).containsOnly(WrongIndex.FIGURE);
        assertThat(certificate.getList("derived.origin")).containsOnly("derivation");
        Map<String, Object> nation = certificate.getMap("derived.find { it.at.size() == 1 && it.at.year == '2020' }");
        assertThat(number(nation, "served")).isBetween(1L, 100L);
        assertThat(number(nation, "derived"))
                .as("an index over fewer than ten regions")
                .isGreaterThan(1000);
        assertThat(certificate.<Map<String, Object>>getList(
                        "derived.find { it.at.size() == 1 && it.at.year == '2020' }.parts"))
                .isNotEmpty()
                .allSatisfy(part -> {
                    assertThat(part).containsEntry("role", "each").containsEntry("indicator", SCHOOLS);
                    assertThat(part.get("served")).isEqualTo(part.get("recounted"));
                    assertThat(at(part)).containsKeys("region", "date");
                });
        assertThat(certificate.getString("proof.hash")).isEqualTo(mended.getString("proof.hash"));
        assertThat(certificate.getString("proof.derivedHash")).isNotEqualTo(mended.getString("proof.derivedHash"));
        assertThat(mended.getString("proof.verdict")).as(mended.prettify()).isEqualTo("proved");
        assertThat(Proving.list().getBoolean("alarm")).isFalse();
    }

    private static final class WrongIndex extends WrongFigures {
        static final String FIGURE = "overseas-schools-concentration";

        private volatile boolean wrong = true;

        WrongIndex(Reference reference, Clock clock) {
            super(reference, clock);
        }

        void mend() {
            wrong = false;
        }

        @Override
        public List<Cell> cells(Cut cut, FigureQuery query, Optional<String> province) {
            return super.cells(
                    cut, wrong && query.indicator() instanceof Derived right ? largest(right, query) : query, province);
        }

        private static FigureQuery largest(Derived right, FigureQuery query) {
            if (!(right.rule() instanceof Rule.Herfindahl index)
                    || !right.code().equals(FIGURE)) {
                return query;
            }
            Derived largest = new Derived(
                    right.code(),
                    right.version(),
                    right.name(),
                    right.unit(),
                    new Rule.Top(index.of(), index.each(), 1),
                    right.dimensions(),
                    right.lists(),
                    right.derivation());
            return new FigureQuery(largest, query.by(), query.filters(), query.lists(), query.period());
        }
    }

    @Test
    void a_certificate_cannot_be_changed_unseen() throws SQLException {
        JsonPath certificate = Proving.prove();
        String id = certificate.getString("proof.id");
        String change =
                "update proof set content = replace(content, '\"proved\"', '\"differs\"') where id = '" + id + "'";
        assertThatThrownBy(() -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.executeUpdate(change);
                    }
                })
                .hasMessageContaining("permission denied");

        superuser(change);

        assertThat(Proving.certificate("/v1/proofs/" + id).getBoolean("proof.intact"))
                .isFalse();
        superuser("update proof set content = replace(content, '\"differs\"', '\"proved\"') where id = '" + id + "'");
        assertThat(Proving.certificate("/v1/proofs/" + id).getBoolean("proof.intact"))
                .isTrue();
    }

    @Test
    void pages_lead_from_the_newest_to_the_first() {
        Proving.prove();
        Proving.prove();

        JsonPath first = Proving.certificate("/v1/proofs?limit=1");
        JsonPath second = Proving.certificate("/v1/proofs?limit=1&cursor=" + first.getString("next"));

        assertThat(first.getLong("items[0].number") - second.getLong("items[0].number"))
                .isEqualTo(1);
    }

    @Test
    void operators_begin_auditors_read_and_others_see_nothing() {
        for (String who : List.of(Tokens.bureau("12"), Tokens.alliance("WFCP"))) {
            given().auth().oauth2(who).get("/v1/proofs").then().statusCode(403);
            given().auth()
                    .oauth2(who)
                    .get("/v1/proofs/" + UUID.randomUUID())
                    .then()
                    .statusCode(403);
            given().auth().oauth2(who).post("/v1/proofs").then().statusCode(403);
        }
        given().auth().oauth2(Tokens.auditor()).post("/v1/proofs").then().statusCode(403);
        given().auth()
                .oauth2(Tokens.auditor())
                .get("/v1/proofs/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().auth().oauth2(Tokens.auditor()).get("/v1/proofs/x").then().statusCode(404);
        given().auth()
                .oauth2(Tokens.auditor())
                .get("/v1/proofs?cursor=x")
                .then()
                .statusCode(400)
                .body("errors[0].rule", equalTo("cursor"));
        given().get("/v1/proofs").then().statusCode(401);
        given().post("/v1/proofs").then().statusCode(401);
    }

    private String opened(String country) {
        String key = newKey();
        held(EventLog.send(EventLog.SCHOOL, key, 1, school(country)));
        return key;
    }

    /** Returns once the live figures hold the write. */
    private static void held(Receipt receipt) {
        given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/indicators/overseas-schools/values?receipt=" + receipt.text())
                .then()
                .statusCode(200);
    }

    private static String school(String country) {
        return EventLog.school(country, "other", "2019-07-13", null);
    }

    private static String newKey() {
        return "12/P-" + UUID.randomUUID();
    }

    private static long number(Map<String, Object> cell, String member) {
        return ((Number) cell.getOrDefault(member, -1)).longValue();
    }

    private static Map<String, String> at(Map<String, Object> cell) {
        Map<String, String> at = new HashMap<>();
        if (cell.get("at") instanceof Map<?, ?> codes) {
            codes.forEach((name, code) -> at.put(String.valueOf(name), String.valueOf(code)));
        }
        return at;
    }

    private static String place(Map<String, Object> cell) {
        return cell.get("firstEvent") instanceof Map<?, ?> event
                ? event.get("topic") + " " + event.get("partition") + " " + event.get("offset")
                : "nowhere";
    }

    private static void metric(String line) {
        given().get("/q/metrics").then().statusCode(200).body(containsString(line));
    }

    private static void superuser(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        TestServers.jdbcUrl("indicators"), "postgres", TestServers.password("postgres"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
