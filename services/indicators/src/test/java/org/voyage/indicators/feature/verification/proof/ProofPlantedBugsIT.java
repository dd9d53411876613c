package org.voyage.indicators.feature.verification.proof;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.assertMetric;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.awaitHeld;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.coordinatesOf;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.firstEventPlace;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.newKey;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.numberOf;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.openSchool;
import static org.voyage.indicators.feature.verification.proof.ProofRequests.schoolJson;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.cube.LiveFigureTampering;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of proofs with planted bugs: in the serving figures, in the evidence, in a derivation. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class ProofPlantedBugsIT implements RunningServiceTest {

    private static final String SCHOOLS = "overseas-schools";

    @Inject
    LiveFigures live;

    @Inject
    DataSource database;

    @Inject
    ReferenceData reference;

    @Inject
    Clock clock;

    @Inject
    ObjectMapper json;

    @Test
    void a_cell_that_was_tampered_with_is_found_and_raises_the_alarm() {
        openSchool("GHA");
        String key = openSchool("TUV");
        String place = new EditableEvidenceRow(database, key, 1).readPlace();
        LiveFigureTampering.addAmount(live, SCHOOLS, key, 5);
        try {
            JsonPath certificate = ProofRequests.runProof();

            List<Map<String, Object>> cells = ProofRequests.differencesOf(certificate, SCHOOLS);
            assertThat(certificate.getList("items")).hasSize(1);
            Map<String, Object> cell = cells.getFirst();
            assertThat(numberOf(cell, "live")).isEqualTo(numberOf(cell, "evidence") + 5);
            assertThat(cell).containsEntry("origin", "memory").containsEntry("published", cell.get("evidence"));
            assertThat(coordinatesOf(cell)).containsEntry("hostCountry", "TUV").containsEntry("province", "12");
            assertThat(firstEventPlace(cell)).isEqualTo(place);
            assertThat(certificate.getLong("proof.differences")).isEqualTo(1);
            assertThat(ProofRequests.derivedDifferencesOf(certificate, "overseas-schools-concentration"))
                    .as("what is derived from the cell")
                    .isNotEmpty()
                    .allSatisfy(value -> assertThat(value).containsEntry("origin", "cells"));
            assertThat(ProofRequests.listProofs().getBoolean("alarm")).isTrue();
            assertMetric(
                    "voyage_indicators_proof_differences " + (1.0 + certificate.getLong("proof.derivedDifferences")));
        } finally {
            LiveFigureTampering.addAmount(live, SCHOOLS, key, -5);
        }
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
        assertThat(ProofRequests.listProofs().getBoolean("alarm")).isFalse();
        assertMetric("voyage_indicators_proof_differences 0.0");
        assertMetric("voyage_indicators_proof_age_seconds");
    }

    @Test
    void a_difference_is_reported_though_its_certificate_cannot_be_stored() {
        String key = openSchool("LCA");
        ProofRequests.runProof();
        AtomicBoolean away = new AtomicBoolean(true);
        QuarkusMock.installMockForType(
                new ProofStore(database, json) {
                    @Override
                    long storeCertificate(ProofCertificate certificate) {
                        if (away.getAndSet(false)) {
                            throw new DatabaseException(new SQLException("away"));
                        }
                        return super.storeCertificate(certificate);
                    }
                },
                ProofStore.class);
        LiveFigureTampering.addAmount(live, SCHOOLS, key, 5);
        try {
            given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .post("/v1/proofs")
                    .then()
                    .statusCode(202);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ProofRequests.listProofs().getMap("running"))
                            .isNull());
            assertThat(away).isFalse();
            assertThat(ProofRequests.listProofs().getBoolean("alarm")).isTrue();
        } finally {
            LiveFigureTampering.addAmount(live, SCHOOLS, key, -5);
        }
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
        assertThat(ProofRequests.listProofs().getBoolean("alarm")).isFalse();
    }

    @Test
    void a_version_that_was_counted_twice_is_found_in_every_figure() {
        String key = openSchool("NRU");
        awaitHeld(TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 2, TestEventLog.schoolJson("NIU", "other", "2018-03-14", null)));
        String place = new EditableEvidenceRow(database, key, 2).readPlace();
        LiveFigureTampering.countAgain(live, "overseas-school", key, 1);
        try {
            JsonPath certificate = ProofRequests.runProof();

            for (String figure :
                    List.of(SCHOOLS, "overseas-countries", "overseas-founding-colleges", "overseas-majors")) {
                assertThat(ProofRequests.differencesOf(certificate, figure))
                        .as(figure)
                        .isNotEmpty()
                        .allSatisfy(cell -> {
                            assertThat(numberOf(cell, "live")).isEqualTo(numberOf(cell, "published") + 1);
                            assertThat(cell).containsEntry("origin", "memory");
                            assertThat(firstEventPlace(cell)).isEqualTo(place);
                        });
            }
        } finally {
            LiveFigureTampering.countAgain(live, "overseas-school", key, -1);
        }
    }

    @Test
    void evidence_that_was_changed_is_found_with_the_version() throws SQLException {
        String key = openSchool("GUM");
        awaitHeld(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, schoolJson("COK")));
        EditableEvidenceRow row = new EditableEvidenceRow(database, key, 2);
        String state = row.readState();
        row.updateState(state.replace("COK", "TKL"));
        try {
            JsonPath certificate = ProofRequests.runProof();

            assertThat(ProofRequests.differencesOf(certificate, SCHOOLS))
                    .hasSize(2)
                    .allSatisfy(cell -> {
                        assertThat(cell).containsEntry("origin", "evidence");
                        assertThat(numberOf(cell, "live")).isEqualTo(numberOf(cell, "published"));
                        assertThat(firstEventPlace(cell)).isEqualTo(row.readPlace());
                    })
                    .extracting(cell -> coordinatesOf(cell).get("hostCountry"))
                    .containsExactlyInAnyOrder("COK", "TKL");
        } finally {
            row.updateState(state);
        }
    }

    @Test
    void an_event_that_the_evidence_lost_is_found() throws SQLException {
        String key = openSchool("PYF");
        awaitHeld(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, schoolJson("NCL")));
        awaitHeld(TestEventLog.sendChange(
                TestEventLog.HEADCOUNT_TOPIC, newKey(), 1, TestEventLog.headcountJson(key.substring(3), 2022, 31)));
        EditableEvidenceRow row = new EditableEvidenceRow(database, key, 2);
        String place = row.readPlace();
        List<Object> lost = row.deleteRow();
        try {
            JsonPath certificate = ProofRequests.runProof();

            assertThat(ProofRequests.differencesOf(certificate, SCHOOLS))
                    .hasSize(2)
                    .allSatisfy(cell -> {
                        assertThat(cell).containsEntry("origin", "evidence");
                        assertThat(firstEventPlace(cell)).isEqualTo(place);
                    });
            assertThat(ProofRequests.differencesOf(certificate, "overseas-students"))
                    .as("a headcount goes with its school")
                    .hasSize(2)
                    .allSatisfy(cell -> assertThat(firstEventPlace(cell)).isEqualTo(place));
        } finally {
            row.insertRow(lost);
        }
        assertThat(ProofRequests.runProof().getString("proof.verdict")).isEqualTo("proved");
    }

    /** The index returns the share of the largest region, as if the code confused two rules. */
    @Test
    void a_mistake_in_a_derivation_is_found_and_raises_the_alarm() {
        openSchool("FIN");
        WrongHerfindahlCalculator wrong = new WrongHerfindahlCalculator(reference, clock);
        QuarkusMock.installMockForType(wrong, FigureCalculator.class);
        JsonPath certificate = ProofRequests.runProof();
        boolean alarm = ProofRequests.listProofs().getBoolean("alarm");
        assertMetric("voyage_indicators_proof_differences " + (double) certificate.getLong("proof.derivedDifferences"));
        wrong.removeBug();
        JsonPath repaired = ProofRequests.runProof();

        assertThat(certificate.getString("proof.verdict")).isEqualTo("differs");
        assertThat(alarm).isTrue();
        assertThat(certificate.getLong("proof.differences")).isZero();
        assertThat(certificate.getList("items")).isEmpty();
        assertThat(certificate.getList("derived.indicator")).containsOnly(WrongHerfindahlCalculator.FIGURE);
        assertThat(certificate.getList("derived.origin")).containsOnly("derivation");
        Map<String, Object> nation = certificate.getMap("derived.find { it.at.size() == 1 && it.at.year == 2020 }");
        assertThat(numberOf(nation, "served")).isBetween(1L, 100L);
        assertThat(numberOf(nation, "derived"))
                .as("an index over fewer than ten regions")
                .isGreaterThan(1000);
        assertThat(certificate.<Map<String, Object>>getList(
                        "derived.find { it.at.size() == 1 && it.at.year == 2020 }.parts"))
                .isNotEmpty()
                .allSatisfy(part -> {
                    assertThat(part).containsEntry("role", "each").containsEntry("indicator", SCHOOLS);
                    assertThat(part.get("served")).isEqualTo(part.get("recounted"));
                    assertThat(coordinatesOf(part)).containsKeys("region", "date");
                });
        assertThat(certificate.getString("proof.hash")).isEqualTo(repaired.getString("proof.hash"));
        assertThat(certificate.getString("proof.derivedHash")).isNotEqualTo(repaired.getString("proof.derivedHash"));
        assertThat(repaired.getString("proof.verdict")).as(repaired.prettify()).isEqualTo("proved");
        assertThat(ProofRequests.listProofs().getBoolean("alarm")).isFalse();
    }

    private static final class WrongHerfindahlCalculator extends WrongFigureCalculator {
        static final String FIGURE = "overseas-schools-concentration";

        private volatile boolean wrong = true;

        WrongHerfindahlCalculator(ReferenceData reference, Clock clock) {
            super(reference, clock);
        }

        void removeBug() {
            wrong = false;
        }

        @Override
        public List<ResultCell> computeCells(FiguresView view, FigureQuery query, Optional<String> province) {
            return super.computeCells(
                    view,
                    wrong && query.figure() instanceof DerivedFigure right ? largestShare(right, query) : query,
                    province);
        }

        private static FigureQuery largestShare(DerivedFigure right, FigureQuery query) {
            if (!(right.rule() instanceof DerivationRule.HerfindahlRule index)
                    || !right.code().equals(FIGURE)) {
                return query;
            }
            DerivedFigure largest = new DerivedFigure(
                    right.code(),
                    right.version(),
                    right.name(),
                    right.unit(),
                    new DerivationRule.TopShareRule(index.figure(), index.dimension(), 1),
                    right.dimensions(),
                    right.lists(),
                    right.derivation());
            return new FigureQuery(largest, query.breakdowns(), query.filters(), query.listFilters(), query.period());
        }
    }
}
