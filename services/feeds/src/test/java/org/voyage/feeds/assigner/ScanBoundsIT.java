package org.voyage.feeds.assigner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.FeedsTestBackend;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.record.RecordStateStore;
import org.voyage.feeds.record.ScanBounds.ScanPage;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.FeedScope.GrantedRule;
import org.voyage.feeds.scope.ScopeRule;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kittest.RealBackends;

/** Scans of random scopes over records of all types, next to a scan of every record. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "feeds"))
class ScanBoundsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FEED = "bounds";
    private static final List<String> COUNTRIES = List.of("ATA", "BVT", "HMD", "SGS");
    private static final List<String> PROVINCES = List.of("12", "13", "64");
    private static final int RECORDS = 200;
    private static final int SCOPES = 60;

    private final Random random = new Random(51);

    @Test
    void a_scan_within_bounds_judges_all_that_the_scope_shows_and_all_that_the_reader_holds() throws Exception {
        try (Connection connection = FeedsTestBackend.connect()) {
            // Nothing of it stays: other tests see these records at no time.
            connection.setAutoCommit(false);
            JdbcClient database = JdbcClient.on(connection);
            List<RecordState> states = newStates();
            RecordStateStore.store(database, states);
            String held = states.get(random.nextInt(RECORDS)).outsideId();
            hold(database, held);
            int all =
                    RecordStateStore.loadAfter(database, "", Integer.MAX_VALUE).size();
            ScopeVisibility judge = new ScopeVisibility(recordsOf(states));

            for (int i = 0; i < SCOPES; i++) {
                FeedScope scope = newScope();
                List<String> scanned = scan(database, scope, 1 + random.nextInt(40));

                Set<String> shown = new TreeSet<>(Set.of(held));
                states.stream()
                        .filter(each -> judge.judge(each, scope).isPresent())
                        .forEach(each -> shown.add(each.outsideId()));
                assertThat(scanned)
                        .as("%s", scope)
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .containsAll(shown);
                if (scope.grants().stream().allMatch(grant -> grant.rule().countries() != null)) {
                    assertThat(scanned.size()).as("%s", scope).isLessThan(all);
                }
            }
            connection.rollback();
        }
    }

    private static List<String> scan(JdbcClient database, FeedScope scope, int limit) {
        List<String> scanned = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            ScanPage page = RecordStateStore.loadPage(database, FEED, scope.findBounds(), cursor, limit);
            assertThat(page.states()).hasSizeLessThanOrEqualTo(limit);
            page.states().forEach(each -> scanned.add(each.outsideId()));
            cursor = page.cursor();
        }
        return scanned;
    }

    private static void hold(JdbcClient database, String outsideId) {
        database.update("insert into alliance (code, name_zh, name_en, version, admitted_at)"
                + " values ('BOUNDS', '联盟', 'Alliance', 1, now())");
        database.update(
                "insert into feed (id, alliance, name, filter, start_at, with_kafka, created_at, created_by)"
                        + " values (?, 'BOUNDS', 'test', '{}', 'now', false, now(), 'test')",
                FEED);
        database.update(
                "insert into feed_record (feed, outside_id, record, version_order, state)"
                        + " values (?, ?, 'overseas-school', 1, '{}')",
                FEED,
                outsideId);
    }

    private static RecordHistorySimulation.MemoryRecords recordsOf(List<RecordState> states) {
        RecordHistorySimulation.MemoryRecords records = new RecordHistorySimulation.MemoryRecords();
        states.forEach(records::put);
        return records;
    }

    private List<RecordState> newStates() throws Exception {
        List<RecordState> states = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            FeedRecord record = FeedRecord.values()[i % FeedRecord.values().length];
            // A recognition follows its standard, of the same province.
            String province = PROVINCES.get(i / FeedRecord.values().length % PROVINCES.size());
            String id = "bounds%04d%03d".formatted(i * 7919 % 1000, i);
            states.add(new RecordState(
                    record,
                    province,
                    "bounds-" + i,
                    id,
                    1,
                    random.nextInt(8) == 0 ? null : JSON.readTree(stateOf(record)),
                    record == FeedRecord.RECOGNITION ? states.getLast().outsideId() : null,
                    null));
        }
        return states;
    }

    private String stateOf(FeedRecord record) {
        return switch (record) {
            case OVERSEAS_SCHOOL ->
                "{\"hostCountry\":\"%s\",\"foreignPartners\":[{\"name\":\"x\",\"country\":\"ATA\"}]}"
                        .formatted(pick(COUNTRIES));
            case COOPERATIVE_INSTITUTION, COOPERATIVE_PROGRAMME ->
                "{\"foreignPartners\":[{\"name\":\"x\",\"country\":\"%s\"},{\"name\":\"y\",\"country\":\"%s\"}]}"
                        .formatted(pick(COUNTRIES), pick(COUNTRIES));
            case STANDARD -> "{\"title\":\"x\"}";
            case RECOGNITION, CREDENTIAL_RECOGNITION -> "{\"country\":\"%s\"}".formatted(pick(COUNTRIES));
        };
    }

    private FeedScope newScope() {
        List<GrantedRule> grants = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            grants.add(new GrantedRule(newRule(), Set.of()));
        }
        return new FeedScope(grants, newRule());
    }

    private ScopeRule newRule() {
        EnumSet<FeedRecord> records = EnumSet.allOf(FeedRecord.class);
        if (random.nextBoolean()) {
            records.removeIf(_ -> random.nextInt(3) == 0);
        }
        return new ScopeRule(records, pickSome(COUNTRIES), pickSome(PROVINCES), null, null, null);
    }

    private @Nullable Set<String> pickSome(List<String> all) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        return new TreeSet<>(Set.of(pick(all)));
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
