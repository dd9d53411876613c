package org.voyage.feeds.assigner;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.proof.CheckpointSigner;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.record.RecordStateStore;
import org.voyage.feeds.record.RecordUpdate;
import org.voyage.feeds.record.RecordWorkingSet;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;

/**
 * One step of the assigner, in one transaction: changes of records, a part of a scan, or the begin of an epoch. A feed that
 * fails is stopped, and all others go on.
 */
final class AssignerStep {

    private static final Logger LOG = Logger.getLogger(AssignerStep.class);

    private final JdbcClient transaction;
    private final Map<String, FeedRow> before;
    private final CheckpointSigner signer;
    private final int checkpointEvents;
    private final Instant now;
    private final RecordWorkingSet records;
    private final ScopeJudge judge;
    private final HeldWorkingSet held;
    private final Map<String, StepLedger> ledgers = new LinkedHashMap<>();
    private final Map<String, RecordReconciler> reconcilers = new LinkedHashMap<>();
    private final Map<String, FeedRow> changed = new LinkedHashMap<>();

    /** Two contents of one version of a record: the first counts. */
    static final class VersionConflictException extends RuntimeException {
        VersionConflictException() {
            super("another content of its version is known", null, false, false);
        }
    }

    /** @param feeds that take part in the step */
    AssignerStep(
            JdbcClient transaction,
            Map<String, FeedRow> feeds,
            CheckpointSigner signer,
            int checkpointEvents,
            Instant now) {
        this.transaction = transaction;
        this.before = feeds;
        this.signer = signer;
        this.checkpointEvents = checkpointEvents;
        this.now = now;
        this.records = new RecordWorkingSet(transaction);
        this.judge = new ScopeJudge(records);
        this.held = new HeldWorkingSet(transaction, feeds.keySet());
        feeds.values().stream().filter(FeedRow::isLive).forEach(this::openLedger);
    }

    private void openLedger(FeedRow feed) {
        StepLedger ledger = new StepLedger(feed, held.openPart(feed.id()), signer, checkpointEvents, now);
        ledgers.put(feed.id(), ledger);
        reconcilers.put(feed.id(), new RecordReconciler(records, judge, ledger));
    }

    /** Reads at once what the updates need. */
    void preload(List<RecordUpdate> updates) {
        preloadStates(updates.stream().map(RecordUpdate::state).toList());
    }

    private void preloadStates(List<RecordState> states) {
        records.preload(states);
        Set<String> ids = new HashSet<>();
        Set<String> standards = new HashSet<>();
        for (RecordState each : states) {
            ids.add(each.outsideId());
            if (each.parentId() != null) {
                ids.add(each.parentId());
                standards.add(each.parentId());
            }
        }
        held.preload(ids);
        held.preloadCounts(standards);
    }

    /**
     * Applies a change of a record to all feeds.
     *
     * @throws VersionConflictException if another content of its version is known; nothing has changed
     */
    void applyUpdate(RecordUpdate update) {
        RecordState state = update.state();
        RecordState known = records.findRecord(state.outsideId());
        if (known != null && known.versionOrder() >= state.versionOrder()) {
            if (known.versionOrder() == state.versionOrder() && !hasSameContent(known, state)) {
                throw new VersionConflictException();
            }
            return;
        }
        records.put(state);
        for (String feed : List.copyOf(reconcilers.keySet())) {
            runForFeed(feed, reconciler -> reconciler.reconcileUpdate(update, known));
        }
    }

    private static boolean hasSameContent(RecordState known, RecordState state) {
        return known.state() == null ? state.state() == null : known.state().equals(state.state());
    }

    /** Judges the next records of the running scan of a feed. */
    void advanceScan(String feed, int limit) {
        StepLedger ledger = ledgers.get(feed);
        if (ledger == null) {
            return;
        }
        RecordScan scan = ledger.scan();
        if (scan == null) {
            return;
        }
        List<RecordState> states = RecordStateStore.loadAfter(transaction, scan.cursor(), limit);
        records.take(states);
        preloadStates(states);
        ReconcileTrigger trigger = ReconcileTrigger.ofScan(scan.cause(), now);
        runForFeed(feed, reconciler -> {
            states.forEach(state -> reconciler.reconcileScanned(state, trigger));
            ledger.moveScan(
                    states.size() < limit
                            ? null
                            : new RecordScan(scan.cause(), states.getLast().outsideId()));
        });
    }

    /** Appends a checkpoint to a feed. */
    void appendCheckpoint(String feed) {
        StepLedger ledger = ledgers.get(feed);
        if (ledger != null) {
            ledger.appendCheckpoint();
        }
    }

    /** Begins a new epoch in a feed: its reader is to make its copy again. */
    void beginEpoch(FeedRow feed, int epoch) {
        transaction.update("delete from feed_record where feed = ?", feed.id());
        StepLedger ledger = new StepLedger(feed, held.openPart(feed.id()), signer, checkpointEvents, now);
        ledger.beginEpoch(epoch);
        ledgers.put(feed.id(), ledger);
    }

    /** Replaces a feed whose scope or state changes. */
    void putFeed(FeedRow feed) {
        changed.put(feed.id(), feed);
    }

    /** Work on one feed. */
    private interface FeedWork {
        void run(RecordReconciler reconciler);
    }

    private void runForFeed(String feed, FeedWork work) {
        RecordReconciler reconciler = reconcilers.get(feed);
        if (reconciler == null) {
            return;
        }
        try {
            work.run(reconciler);
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "feed %s stops", feed);
            ledgers.remove(feed);
            reconcilers.remove(feed);
            putFeed(Objects.requireNonNull(before.get(feed)).stopped("it cannot be evaluated: " + e));
        }
    }

    /**
     * Stores all that the step has changed, and returns the changed feeds.
     *
     * @param known all feeds as they were before it
     */
    Map<String, FeedRow> store(FeedEventStore events, long step, Map<String, FeedRow> known) {
        records.store();
        held.store(ledgers.values().stream().map(StepLedger::held).toList());
        List<FeedEvent> appended = new ArrayList<>();
        ledgers.forEach((id, ledger) -> {
            appended.addAll(ledger.appended());
            changed.putIfAbsent(id, ledger.toRow());
        });
        changed.values().removeIf(row -> row.equals(known.get(row.id())));
        events.insert(transaction, appended, step);
        FeedRowStore.store(transaction, known, changed.values());
        return changed;
    }

    /** Returns the number of events of each feed that has any. */
    Map<String, Integer> countEvents() {
        return ledgers.entrySet().stream()
                .filter(ledger -> !ledger.getValue().appended().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        ledger -> ledger.getValue().appended().size()));
    }
}
