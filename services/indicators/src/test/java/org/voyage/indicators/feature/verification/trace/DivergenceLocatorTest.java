package org.voyage.indicators.feature.verification.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.feature.verification.compare.RebuiltFigures;
import org.voyage.indicators.feature.verification.recount.CellKey;
import org.voyage.indicators.feature.verification.recount.EventLogScanner.PublishedEvent;
import org.voyage.indicators.feature.verification.recount.FigureRecount;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.indicators.feature.verification.recount.RecountDefinitions;
import org.voyage.indicators.feature.verification.trace.DivergenceLocator.CellAmounts;
import org.voyage.indicators.feature.verification.trace.DivergenceLocator.LocatedDivergence;
import org.voyage.kit.log.LogMessage;

class DivergenceLocatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CountedFigure SCHOOLS =
            (CountedFigure) TestFigures.CATALOGUE.findFigure("overseas-schools").orElseThrow();
    private static final CellReplay FOLD = new RebuiltFigures(TestFigures.REFERENCE.geography());
    private static final RecountDefinitions DEFINITIONS =
            new RecountDefinitions(List.of(SCHOOLS), TestFigures.REFERENCE.geography());
    private static final FigureRecount RECOUNT =
            DEFINITIONS.recountsOf("overseas-school").getFirst();
    private static final String THAI = stateJson("THA");
    private static final CellKey CELL = cellOf(THAI);

    private final List<LoggedEvent> steps = new ArrayList<>();

    @Test
    void an_event_that_the_fold_takes_wrongly_is_found_among_many() throws ProofUndecidedException {
        for (int i = 0; i < 40; i++) {
            publishEvent("12/S" + i, 1, i % 3 == 0 ? stateJson("LAO") : THAI);
        }
        publishEvent("12/S7", 2, null);
        for (int i = 40; i < 90; i++) {
            publishEvent("12/S" + i, 1, THAI);
        }
        CellReplay deaf = (figure, at, steps) -> FOLD.computeAmount(
                figure,
                at,
                removeEvents(steps, step -> !step.published().stateAfter().isObject()));
        long right = FOLD.computeAmount(SCHOOLS, CELL, steps);

        LocatedDivergence found = locateDivergence(deaf, right + 1, right, right, storedVersions());

        assertThat(found.origin()).isEqualTo(DifferenceOrigin.FOLD);
        assertThat(found.firstEvent()).isEqualTo(steps.get(40).toLocation());
    }

    @Test
    void memory_is_blamed_when_a_second_fold_of_the_same_events_is_right() throws ProofUndecidedException {
        publishEvent("12/A", 1, THAI);
        publishEvent("12/B", 1, stateJson("LAO"));
        publishEvent("12/B", 2, THAI);
        publishEvent("12/C", 1, stateJson("LAO"));

        LocatedDivergence found = locateDivergence(FOLD, 3, 2, 2, storedVersions());

        assertThat(found.origin()).isEqualTo(DifferenceOrigin.MEMORY);
        assertThat(found.firstEvent()).isEqualTo(steps.get(2).toLocation());
        assertThat(found.lastEvents())
                .containsExactly(
                        steps.get(3).toLocation(),
                        steps.get(2).toLocation(),
                        steps.get(0).toLocation());
    }

    @Test
    void an_event_that_the_evidence_lacks_is_found() throws ProofUndecidedException {
        publishEvent("12/A", 1, THAI);
        publishEvent("12/A", 2, THAI.replace("示例", "改名"));
        publishEvent("12/A", 3, stateJson("LAO"));
        List<EvidenceHistory.StoredVersion> stored = storedVersions();
        stored.remove(1);

        LocatedDivergence found = locateDivergence(FOLD, 0, 1, 0, stored);

        assertThat(found.origin()).isEqualTo(DifferenceOrigin.EVIDENCE);
        assertThat(found.firstEvent()).isEqualTo(steps.get(1).toLocation());
    }

    @Test
    void an_unpublished_event_is_found() throws ProofUndecidedException {
        publishEvent("12/A", 1, THAI);
        List<EvidenceHistory.StoredVersion> stored = storedVersions();
        EvidenceHistory.StoredVersion invented = storedVersion("12/A", 2, stateJson("LAO"), 4711);
        stored.add(invented);

        LocatedDivergence found = locateDivergence(FOLD, 1, 0, 1, stored);

        assertThat(found.origin()).isEqualTo(DifferenceOrigin.EVIDENCE);
        assertThat(found.firstEvent()).isEqualTo(EventLocation.of(invented));
    }

    @Test
    void a_version_that_came_twice_is_no_difference() throws ProofUndecidedException {
        publishEvent("12/A", 1, THAI);
        publishEvent("12/A", 1, THAI);
        List<EvidenceHistory.StoredVersion> stored = storedVersions();
        stored.removeLast();

        LocatedDivergence found = locateDivergence(FOLD, 2, 1, 2, stored);

        assertThat(found).isEqualTo(LocatedDivergence.NOT_LOCATED);
    }

    private LocatedDivergence locateDivergence(
            CellReplay fold, long live, long evidence, long published, List<EvidenceHistory.StoredVersion> stored)
            throws ProofUndecidedException {
        return new DivergenceLocator(DEFINITIONS, fold)
                .locate(RECOUNT, new CellAmounts(CELL, live, evidence, published), steps, stored);
    }

    private void publishEvent(String key, int version, @Nullable String after) {
        int offset = steps.size();
        String json = "{\"province\":\"12\",\"sourceId\":\"" + key.substring(3) + "\",\"version\":" + version
                + ",\"change\":\"" + (after == null ? "withdrawn" : version == 1 ? "created" : "corrected")
                + "\",\"after\":" + after + "}";
        steps.add(new LoggedEvent(
                "overseas-school",
                new PublishedEvent(
                        new LogMessage(
                                TestEventLog.SCHOOL_TOPIC,
                                0,
                                offset,
                                key,
                                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
                                "overseas-school",
                                offset,
                                Instant.EPOCH),
                        key,
                        version,
                        parseJson(String.valueOf(after)))));
    }

    private List<EvidenceHistory.StoredVersion> storedVersions() {
        List<EvidenceHistory.StoredVersion> rows = new ArrayList<>();
        steps.forEach(step -> rows.add(storedVersion(
                step.key(),
                step.version(),
                step.published().stateAfter().toString(),
                step.toLocation().offset())));
        return rows;
    }

    private static EvidenceHistory.StoredVersion storedVersion(String key, int version, String after, long offset) {
        return new EvidenceHistory.StoredVersion(
                "overseas-school",
                new EvidenceHistory.VersionLocation(
                        key, version, TestEventLog.SCHOOL_TOPIC, 0, offset, Instant.now(), "corrected"),
                "",
                after.equals("null") ? null : after.getBytes(StandardCharsets.UTF_8));
    }

    private static List<LoggedEvent> removeEvents(List<LoggedEvent> steps, Predicate<LoggedEvent> these) {
        return steps.stream().filter(these.negate()).toList();
    }

    private static CellKey cellOf(String state) {
        List<CellKey> cells = new ArrayList<>();
        RECOUNT.countFact(
                "12/any",
                DEFINITIONS.readFields("overseas-school", parseJson(state)),
                (record, key) -> null,
                (at, amount) -> cells.add(at));
        assertThat(cells).hasSize(1);
        return cells.getFirst();
    }

    private static String stateJson(String country) {
        return TestEventLog.schoolJson(
                country, "other", LocalDate.of(2020, 2, 29).toString(), null);
    }

    private static com.fasterxml.jackson.databind.JsonNode parseJson(String text) {
        try {
            return Objects.requireNonNull(JSON.readTree(text));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
