package org.voyage.indicators.proof;

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
import org.voyage.indicators.EventLog;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.live.World;
import org.voyage.indicators.proof.Narrowing.Differing;
import org.voyage.indicators.proof.Narrowing.Found;
import org.voyage.indicators.proof.PublishedLog.Published;

class NarrowingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Indicator SCHOOLS =
            (Indicator) World.CATALOGUE.find("overseas-schools").orElseThrow();
    private static final Fold FOLD = new FreshFold(World.REFERENCE.geography());
    private static final Definitions DEFINITIONS = new Definitions(List.of(SCHOOLS), World.REFERENCE.geography());
    private static final Recount RECOUNT = DEFINITIONS.of("overseas-school").getFirst();
    private static final String THAI = state("THA");
    private static final At CELL = cell(THAI);

    private final List<Step> steps = new ArrayList<>();

    @Test
    void an_event_that_the_fold_takes_wrongly_is_found_among_many() throws Undecided {
        for (int i = 0; i < 40; i++) {
            publish("12/S" + i, 1, i % 3 == 0 ? state("LAO") : THAI);
        }
        publish("12/S7", 2, null);
        for (int i = 40; i < 90; i++) {
            publish("12/S" + i, 1, THAI);
        }
        Fold deaf = (indicator, at, steps) -> FOLD.amount(
                indicator, at, without(steps, step -> !step.published().after().isObject()));
        long right = FOLD.amount(SCHOOLS, CELL, steps);

        Found found = narrow(deaf, right + 1, right, right, stored());

        assertThat(found.origin()).isEqualTo(Origin.FOLD);
        assertThat(found.first()).isEqualTo(steps.get(40).place());
    }

    @Test
    void memory_is_blamed_when_the_same_events_folded_anew_are_right() throws Undecided {
        publish("12/A", 1, THAI);
        publish("12/B", 1, state("LAO"));
        publish("12/B", 2, THAI);
        publish("12/C", 1, state("LAO"));

        Found found = narrow(FOLD, 3, 2, 2, stored());

        assertThat(found.origin()).isEqualTo(Origin.MEMORY);
        assertThat(found.first()).isEqualTo(steps.get(2).place());
        assertThat(found.last())
                .containsExactly(
                        steps.get(3).place(), steps.get(2).place(), steps.get(0).place());
    }

    @Test
    void an_event_that_the_evidence_lacks_is_found() throws Undecided {
        publish("12/A", 1, THAI);
        publish("12/A", 2, THAI.replace("示例", "改名"));
        publish("12/A", 3, state("LAO"));
        List<PastEvidence.Step> stored = stored();
        stored.remove(1);

        Found found = narrow(FOLD, 0, 1, 0, stored);

        assertThat(found.origin()).isEqualTo(Origin.EVIDENCE);
        assertThat(found.first()).isEqualTo(steps.get(1).place());
    }

    @Test
    void an_event_that_nobody_published_is_found() throws Undecided {
        publish("12/A", 1, THAI);
        List<PastEvidence.Step> stored = stored();
        PastEvidence.Step invented = row("12/A", 2, state("LAO"), 4711);
        stored.add(invented);

        Found found = narrow(FOLD, 1, 0, 1, stored);

        assertThat(found.origin()).isEqualTo(Origin.EVIDENCE);
        assertThat(found.first()).isEqualTo(EventPlace.of(invented));
    }

    @Test
    void a_version_that_came_twice_is_no_difference() throws Undecided {
        publish("12/A", 1, THAI);
        publish("12/A", 1, THAI);
        List<PastEvidence.Step> stored = stored();
        stored.removeLast();

        Found found = narrow(FOLD, 2, 1, 2, stored);

        assertThat(found).isEqualTo(Found.NOTHING);
    }

    private Found narrow(Fold fold, long live, long evidence, long published, List<PastEvidence.Step> stored)
            throws Undecided {
        return new Narrowing(DEFINITIONS, fold)
                .narrow(RECOUNT, new Differing(CELL, live, evidence, published), steps, stored);
    }

    private void publish(String key, int version, @Nullable String after) {
        int offset = steps.size();
        String json = "{\"province\":\"12\",\"sourceId\":\"" + key.substring(3) + "\",\"version\":" + version
                + ",\"change\":\"" + (after == null ? "withdrawn" : version == 1 ? "created" : "corrected")
                + "\",\"after\":" + after + "}";
        steps.add(new Step(
                "overseas-school",
                new Published(
                        new Delivery(
                                EventLog.SCHOOL,
                                0,
                                offset,
                                key,
                                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
                                "overseas-school",
                                offset,
                                Instant.EPOCH),
                        key,
                        version,
                        json(String.valueOf(after)))));
    }

    private List<PastEvidence.Step> stored() {
        List<PastEvidence.Step> rows = new ArrayList<>();
        steps.forEach(step -> rows.add(row(
                step.key(),
                step.version(),
                step.published().after().toString(),
                step.place().offset())));
        return rows;
    }

    private static PastEvidence.Step row(String key, int version, String after, long offset) {
        return new PastEvidence.Step(
                "overseas-school",
                new PastEvidence.Place(key, version, EventLog.SCHOOL, 0, offset, Instant.now(), "corrected"),
                "",
                after.equals("null") ? null : after.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Step> without(List<Step> steps, Predicate<Step> these) {
        return steps.stream().filter(these.negate()).toList();
    }

    private static At cell(String state) {
        List<At> cells = new ArrayList<>();
        RECOUNT.count(
                "12/any",
                DEFINITIONS.read("overseas-school", json(state)),
                (record, key) -> null,
                (at, amount) -> cells.add(at));
        assertThat(cells).hasSize(1);
        return cells.getFirst();
    }

    private static String state(String country) {
        return EventLog.school(country, "other", LocalDate.of(2020, 2, 29).toString(), null);
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return Objects.requireNonNull(JSON.readTree(text));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
