package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedLogAppender;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.record.RecordLookup;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.record.RecordUpdate;
import org.voyage.feeds.record.RecordUpdateKind;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.scope.MemberSet;
import org.voyage.feeds.scope.ScopeRule;

/**
 * Random history of records, grants, filters, members and days against one feed, in one thread on a clock of the test. A seed
 * always gives the same history.
 */
final class RecordHistorySimulation {

    private static final List<String> COUNTRIES = List.of("LAO", "THA", "KHM");
    private static final List<String> COLLEGES = List.of("4112000001", "4112000002");
    private static final int SCHOOLS = 4;
    private static final int STANDARDS = 2;
    private static final int RECOGNITIONS = 4;

    private final Random random;
    private final MemoryRecords records = new MemoryRecords();
    private final MemoryLedger ledger;
    private final FeedCopy copy = new FeedCopy();
    private LocalDate day = LocalDate.of(2026, 11, 28);
    private int epoch = 1;

    RecordHistorySimulation(long seed) {
        this.random = new Random(seed);
        this.ledger = new MemoryLedger(newScope());
        ledger.scan = RecordScan.begin(random.nextBoolean() ? ScanCause.SNAPSHOT : ScanCause.BASELINE);
    }

    /** Runs a history, and checks the copy of a reader after each action. */
    void run(int actions) {
        while (ledger.scan != null && ledger.scan.cause() == ScanCause.BASELINE) {
            changeRecord();
            scan(2);
        }
        copy.begin(ledger.held, ledger.head);
        for (int i = 0; i < actions; i++) {
            act();
            copy.read(ledger.head, ledger.scope);
        }
        while (ledger.scan != null) {
            scan(100);
        }
        copy.read(ledger.head, ledger.scope);
        if (!records.hasOpenEnds(ledger)) {
            copy.requireEqual(ExpectedScope.compute(records, ledger.scope));
        }
    }

    private void act() {
        switch (random.nextInt(14)) {
            case 0 -> changeScope(ScanCause.GRANT);
            case 1 -> {
                day = day.plusDays(1);
                changeScope(ScanCause.DAY);
            }
            case 2, 3 -> scan(1 + random.nextInt(3));
            case 4 -> {
                if (random.nextInt(8) == 0) {
                    reset();
                }
            }
            default -> changeRecord();
        }
        if (ledger.scan == null && !records.hasOpenEnds(ledger)) {
            copy.read(ledger.head, ledger.scope);
            copy.requireEqual(ExpectedScope.compute(records, ledger.scope));
        }
    }

    private void changeScope(ScanCause cause) {
        FeedScope next = newScope();
        if (next.equals(ledger.scope)) {
            return;
        }
        ledger.scope = next;
        ledger.scan =
                RecordScan.begin(ledger.scan != null && ledger.scan.cause().makesCopy() ? ledger.scan.cause() : cause);
    }

    private void scan(int limit) {
        if (ledger.scan == null) {
            return;
        }
        RecordScan scan = ledger.scan;
        ScopeVisibility judge = new ScopeVisibility(records);
        // The database finds some more: those within the bounds of the scope.
        List<RecordState> states = records.byId.tailMap(scan.cursor(), false).values().stream()
                .filter(each -> ledger.findHeld(each.outsideId()) != null
                        || each.record() == FeedRecord.STANDARD
                        || judge.judge(each, ledger.scope).isPresent())
                .limit(limit)
                .toList();
        RecordReconciler reconciler = newReconciler();
        states.forEach(
                state -> reconciler.reconcileScanned(state, ReconcileTrigger.ofScan(scan.cause(), Instant.EPOCH)));
        ledger.scan = states.size() < limit
                ? null
                : new RecordScan(scan.cause(), states.getLast().outsideId());
    }

    private void reset() {
        epoch++;
        ledger.held.clear();
        ledger.head.beginEpoch();
        ledger.append(
                FeedEventKind.RESET, null, null, Instant.EPOCH, JsonNodeFactory.instance.objectNode(), null, Set.of());
        ledger.scan = RecordScan.begin(ScanCause.RESET);
    }

    private void changeRecord() {
        int number = random.nextInt(SCHOOLS + STANDARDS + RECOGNITIONS);
        FeedRecord record = number < SCHOOLS
                ? FeedRecord.OVERSEAS_SCHOOL
                : number < SCHOOLS + STANDARDS ? FeedRecord.STANDARD : FeedRecord.RECOGNITION;
        String id = record.wireName().charAt(0) + "" + number;
        RecordState before = records.findRecord(id);
        boolean isGone = before == null || before.isWithdrawn();
        boolean withdraws = !isGone && random.nextInt(5) == 0;
        if (withdraws
                && record == FeedRecord.STANDARD
                && !records.findRecognitions(id).isEmpty()) {
            return; // its service refuses
        }
        String movedTo = withdraws && record == FeedRecord.OVERSEAS_SCHOOL && random.nextInt(2) == 0
                ? "o" + random.nextInt(SCHOOLS)
                : null;
        if (id.equals(movedTo)) {
            return;
        }
        ObjectNode state = withdraws ? null : newState(record);
        String parentId =
                state == null || record != FeedRecord.RECOGNITION ? null : "s" + (SCHOOLS + random.nextInt(STANDARDS));
        RecordUpdateKind kind = withdraws
                ? RecordUpdateKind.WITHDRAWN
                : before == null
                        ? RecordUpdateKind.CREATED
                        : isGone ? RecordUpdateKind.RESTORED : RecordUpdateKind.CORRECTED;
        RecordState after = new RecordState(
                record, "12", id, id, before == null ? 1 : before.versionOrder() + 1, state, parentId, movedTo);
        boolean isHiddenOnly = before != null
                && !isGone
                && state != null
                && before.state() != null
                && withoutHidden(before.state().deepCopy()).equals(withoutHidden(state.deepCopy()))
                && java.util.Objects.equals(before.parentId(), parentId);
        long eventsBefore = ledger.head.nextSequence();
        boolean wasSettled = ledger.scan == null && !records.hasOpenEnds(ledger);
        records.put(after);
        newReconciler().reconcileUpdate(new RecordUpdate(kind, after, Instant.EPOCH), before);
        if (isHiddenOnly && wasSettled && ledger.head.nextSequence() != eventsBefore) {
            throw new AssertionError("a change of hidden fields made an event");
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode withoutHidden(
            com.fasterxml.jackson.databind.JsonNode state) {
        ((ObjectNode) state).remove("evidence");
        return state;
    }

    private ObjectNode newState(FeedRecord record) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        switch (record) {
            case OVERSEAS_SCHOOL -> {
                state.put("name", "n" + random.nextInt(3));
                state.put("hostCountry", pick(COUNTRIES));
                state.put("hostCity", "c" + random.nextInt(2));
                state.putArray("foundingColleges").add(pick(COLLEGES));
            }
            case STANDARD -> {
                state.put("title", "t" + random.nextInt(3));
                state.putArray("developingColleges").add(pick(COLLEGES));
            }
            default -> {
                state.put("standard", "x");
                state.put("country", pick(COUNTRIES));
                state.put("level", "l" + random.nextInt(2));
                state.put("evidence", "secret-" + random.nextInt(100));
            }
        }
        return state;
    }

    private FeedScope newScope() {
        List<FeedScope.GrantedRule> grants = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Set<String> fields = random.nextBoolean() ? Set.of("overseas-school.hostCity") : Set.of();
            grants.add(new FeedScope.GrantedRule(newRule(), fields));
        }
        return new FeedScope(grants, newRule());
    }

    private ScopeRule newRule() {
        Set<String> countries = random.nextInt(3) == 0
                ? null
                : new TreeSet<>(Set.of(pick(COUNTRIES), pick(COUNTRIES).equals("x") ? "" : "QQQ"));
        Set<String> colleges = random.nextInt(4) == 0 ? new TreeSet<>(Set.of(pick(COLLEGES))) : null;
        MemberSet members = random.nextInt(4) == 0 ? new MemberSet(Set.of(pick(COLLEGES)), Set.of()) : null;
        return new ScopeRule(EnumSet.allOf(FeedRecord.class), countries, null, null, colleges, members);
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private RecordReconciler newReconciler() {
        return new RecordReconciler(records, new ScopeVisibility(records), ledger);
    }

    /** Records in memory. */
    static final class MemoryRecords implements RecordLookup {

        final TreeMap<String, RecordState> byId = new TreeMap<>();

        void put(RecordState state) {
            byId.put(state.outsideId(), state);
        }

        @Override
        public @Nullable RecordState findRecord(String outsideId) {
            return byId.get(outsideId);
        }

        @Override
        public Collection<String> findRecognitions(String standardId) {
            return byId.values().stream()
                    .filter(each -> !each.isWithdrawn() && standardId.equals(each.parentId()))
                    .map(RecordState::outsideId)
                    .toList();
        }

        @Override
        public Collection<String> findRecordsMovedTo(String outsideId) {
            return byId.values().stream()
                    .filter(each -> each.isWithdrawn() && outsideId.equals(each.movedTo()))
                    .map(RecordState::outsideId)
                    .toList();
        }

        /** Returns whether a held record waits for another one that the log has not named yet. */
        boolean hasOpenEnds(MemoryLedger ledger) {
            return ledger.held.keySet().stream().anyMatch(id -> {
                RecordState state = findRecord(id);
                if (state == null || state.isWithdrawn()) {
                    return true;
                }
                RecordState parent = state.parentId() == null ? null : findRecord(state.parentId());
                return state.parentId() != null && (parent == null || parent.isWithdrawn());
            });
        }
    }

    /** Ledger in memory. */
    static final class MemoryLedger implements FeedLedger {

        final Map<String, ReaderCopyRecord> held = new HashMap<>();
        final FeedLogAppender head = new FeedLogAppender("f", 1, 1, HashChain.start());
        FeedScope scope;

        @Nullable
        RecordScan scan;

        MemoryLedger(FeedScope scope) {
            this.scope = scope;
        }

        @Override
        public FeedScope scope() {
            return scope;
        }

        @Override
        public @Nullable RecordScan scan() {
            return scan;
        }

        @Override
        public @Nullable ReaderCopyRecord findHeld(String outsideId) {
            return held.get(outsideId);
        }

        @Override
        public void hold(String outsideId, ReaderCopyRecord now) {
            held.put(outsideId, now);
        }

        @Override
        public void release(String outsideId) {
            held.remove(outsideId);
        }

        @Override
        public long countHeldRecognitions(String standardId) {
            return held.values().stream()
                    .filter(each -> standardId.equals(each.parentId()))
                    .count();
        }

        @Override
        public Collection<String> findHeldRecognitions(String standardId) {
            return held.entrySet().stream()
                    .filter(each -> standardId.equals(each.getValue().parentId()))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }

        @Override
        public void append(
                FeedEventKind kind,
                @Nullable FeedRecord record,
                @Nullable String outsideId,
                Instant time,
                ObjectNode data,
                @Nullable RecordDimensions dimensions,
                Set<String> fields) {
            head.append(kind, record, outsideId, time, data, dimensions, fields);
        }
    }
}
