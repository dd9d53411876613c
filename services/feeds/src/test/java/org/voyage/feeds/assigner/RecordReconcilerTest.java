package org.voyage.feeds.assigner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.assigner.RecordHistorySimulation.MemoryLedger;
import org.voyage.feeds.assigner.RecordHistorySimulation.MemoryRecords;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.record.RecordUpdate;
import org.voyage.feeds.record.RecordUpdateKind;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScope.GrantedRule;
import org.voyage.feeds.scope.ScopeRule;
import org.voyage.kittest.FeedTrap;
import org.voyage.kittest.TestEffort;
import org.voyage.kittest.TrapTest;

/** Random histories against an oracle that knows nothing of events, of which a failure names its seed; and single cases. */
class RecordReconcilerTest {

    private static final int SEEDS = TestEffort.choose(2_000, 10_000);
    private static final int ACTIONS = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private final MemoryRecords records = new MemoryRecords();
    private final MemoryLedger ledger = new MemoryLedger(scopeOf("LAO"));

    @TrapTest({
        FeedTrap.WIDENING_AHEAD_OF_SCAN,
        FeedTrap.RECOGNITION_BEFORE_STANDARD,
        FeedTrap.RENAME_AND_MERGE,
        FeedTrap.HIDDEN_FIELDS_ONLY
    })
    @Test
    void the_events_of_a_feed_give_exactly_what_is_in_scope() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new RecordHistorySimulation(seed).run(ACTIONS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @TrapTest(FeedTrap.RENAME_AND_MERGE)
    @Test
    void a_merge_into_a_held_record_is_no_second_entry_and_one_out_of_scope_names_no_destination() {
        apply(RecordUpdateKind.CREATED, school("a", 1, "LAO", null));
        apply(RecordUpdateKind.CREATED, school("b", 1, "LAO", null));
        apply(RecordUpdateKind.CREATED, school("c", 1, "LAO", null));
        apply(RecordUpdateKind.CREATED, school("abroad", 1, "QAT", null));
        apply(RecordUpdateKind.WITHDRAWN, school("a", 2, null, "b"));
        apply(RecordUpdateKind.WITHDRAWN, school("c", 2, null, "abroad"));

        assertThat(describeEvents())
                .containsExactly(
                        "created overseas-school/a",
                        "created overseas-school/b",
                        "created overseas-school/c",
                        "withdrawn overseas-school/a to overseas-school/b",
                        "left-scope overseas-school/c");
    }

    private void apply(RecordUpdateKind kind, RecordState state) {
        RecordState before = records.findRecord(state.outsideId());
        records.put(state);
        new RecordReconciler(records, new ScopeVisibility(records), ledger)
                .reconcileUpdate(new RecordUpdate(kind, state, Instant.EPOCH), before);
    }

    private List<String> describeEvents() {
        return ledger.head.appended().stream()
                .map(event -> {
                    JsonNode data = readData(event.body());
                    String to = data.path("movedTo").asText();
                    return data.path("kind").asText() + " "
                            + data.path("record").asText() + (to.isEmpty() ? "" : " to " + to);
                })
                .toList();
    }

    private static JsonNode readData(byte[] body) {
        try {
            return JSON.readTree(body).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordState school(String id, int version, @Nullable String country, @Nullable String movedTo) {
        return new RecordState(
                FeedRecord.OVERSEAS_SCHOOL,
                "12",
                id,
                id,
                version,
                country == null ? null : JsonNodeFactory.instance.objectNode().put("hostCountry", country),
                null,
                movedTo);
    }

    private static FeedScope scopeOf(String country) {
        ScopeRule rule = new ScopeRule(EnumSet.allOf(FeedRecord.class), Set.of(country), null, null, null, null);
        return new FeedScope(List.of(new GrantedRule(rule, Set.of())), rule);
    }
}
