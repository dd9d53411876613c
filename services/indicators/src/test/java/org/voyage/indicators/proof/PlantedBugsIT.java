package org.voyage.indicators.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.voyage.indicators.proof.Proving.at;
import static org.voyage.indicators.proof.Proving.held;
import static org.voyage.indicators.proof.Proving.metric;
import static org.voyage.indicators.proof.Proving.newKey;
import static org.voyage.indicators.proof.Proving.number;
import static org.voyage.indicators.proof.Proving.opened;
import static org.voyage.indicators.proof.Proving.place;
import static org.voyage.indicators.proof.Proving.school;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Each bug is planted where it would be: in what serves, in the evidence, in a roll-up, in a derivation. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class PlantedBugsIT implements Serving {

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
                    long keep(Certificate certificate) {
                        if (away.getAndSet(false)) {
                            throw new DatabaseException(new SQLException("away"));
                        }
                        return super.keep(certificate);
                    }
                },
                ProofStore.class);
        Tampering.add(live, SCHOOLS, key, 5);
        try {
            given().auth().oauth2(TestTokens.operatorToken()).post("/v1/proofs").then().statusCode(202);

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
        Receipt receipt = Receipt.EMPTY;
        for (int i = 0; i < 100; i++) {
            LocalDate opened = LocalDate.of(2017, 1, 1).plusDays(i);
            String state = EventLog.school("PRK", "other", opened.toString(), null);
            receipt = receipt.plus(EventLog.send(EventLog.SCHOOL, newKey(), 1, state.replace("[\"460301\"]", majors)));
        }
        held(receipt);
        for (String year : List.of("2018", "2019", "2020")) {
            given().auth()
                    .oauth2(TestTokens.operatorToken())
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
}
