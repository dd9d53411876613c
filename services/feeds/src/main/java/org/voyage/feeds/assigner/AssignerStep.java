package org.voyage.feeds.assigner;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.proof.CheckpointSigner;
import org.voyage.feeds.quota.AllianceUseStore;
import org.voyage.feeds.record.RecordHistory;
import org.voyage.feeds.record.RecordHistoryStore;
import org.voyage.feeds.record.RecordLookup;
import org.voyage.feeds.record.RecordState;
import org.voyage.feeds.record.RecordStateChange;
import org.voyage.feeds.record.RecordStateStore;
import org.voyage.feeds.record.RecordUpdate;
import org.voyage.feeds.record.RecordWorkingSet;
import org.voyage.feeds.record.ScanBounds.ScanPage;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.reference.ChinaTime;

/**
 * One step of the assigner, in one transaction: changes of records, a part of a scan, or the begin of an epoch. A feed that
 * fails is stopped, and all others go on.
 */
final class AssignerStep {

    private static final Logger LOG = Logger.getLogger(AssignerStep.class);
    /** Number of events after which a step takes no further change. All of them are in memory until the commit. */
    private static final int MAX_EVENTS = 10_000;
    /** Bytes of bodies after which a step takes no further change. */
    private static final long MAX_BYTES = 16L << 20;
    /** Held records that are read at once, if each feed holds each record: the product of changes and feeds. */
    private static final int MAX_PAIRS = 20_000;

    private final JdbcClient transaction;
    private final Map<String, FeedRow> before;
    private final CheckpointSigner signer;
    private final int checkpointEvents;
    private final Instant now;
    private final Instant historyFrom;
    private final RecordWorkingSet records;
    private final ScopeVisibility judge;
    private final ReaderCopyWorkingSet held;
    private final Map<String, FeedStepState> feedStates = new LinkedHashMap<>();
    private final Map<String, RecordReconciler> reconcilers = new LinkedHashMap<>();
    private final Map<String, FeedRow> changed = new LinkedHashMap<>();
    private final List<RecordStateChange> changes = new ArrayList<>();
    private final StepVolume volume = new StepVolume();
    private final Map<String, ScanUse> useByAlliance = new TreeMap<>();

    /** Volume of the events of a step. */
    static final class StepVolume {
        private int events;
        private long bytes;

        void add(FeedEvent event) {
            events++;
            bytes += event.body().length;
        }
    }

    /** Work of the scans that commands of an alliance have begun. */
    private record ScanUse(long scanned, long events) {
        ScanUse plus(ScanUse other) {
            return new ScanUse(scanned + other.scanned, events + other.events);
        }
    }

    /** Two contents of one version of a record: the first counts. */
    static final class VersionConflictException extends RuntimeException {
        VersionConflictException() {
            super("another content of its version is known", null, false, false);
        }
    }

    /**
     * @param feeds that take part in the step
     * @param historyFrom changes before it are not kept in the history
     */
    AssignerStep(
            JdbcClient transaction,
            Map<String, FeedRow> feeds,
            CheckpointSigner signer,
            int checkpointEvents,
            Instant now,
            Instant historyFrom) {
        this.transaction = transaction;
        this.before = feeds;
        this.signer = signer;
        this.checkpointEvents = checkpointEvents;
        this.now = now;
        this.historyFrom = feeds.values().stream().anyMatch(feed -> feed.replay() != null) ? Instant.MIN : historyFrom;
        this.records = new RecordWorkingSet(transaction);
        this.judge = new ScopeVisibility(records);
        this.held = new ReaderCopyWorkingSet(transaction, feeds.keySet());
        feeds.values().stream().filter(FeedRow::isLive).forEach(feed -> openFeedState(feed, records, judge));
    }

    private FeedStepState openFeedState(FeedRow feed, RecordLookup lookup, ScopeVisibility scopeVisibility) {
        FeedStepState feedState =
                new FeedStepState(feed, held.openPart(feed.id()), signer, checkpointEvents, now, volume);
        feedStates.put(feed.id(), feedState);
        reconcilers.put(feed.id(), new RecordReconciler(lookup, scopeVisibility, feedState));
        return feedState;
    }

    /** Returns whether the step is so large that further changes belong to the next one. */
    boolean isFull() {
        return volume.events >= MAX_EVENTS || volume.bytes >= MAX_BYTES;
    }

    /** Returns for how many changes at once {@link #preload} may read. */
    int preloadLimit() {
        return Math.max(1, MAX_PAIRS / Math.max(1, feedStates.size()));
    }

    /** Reads at once what the updates need. */
    void preload(List<RecordUpdate> updates) {
        preloadStates(updates.stream().map(RecordUpdate::state).toList());
    }

    private void preloadStates(List<RecordState> states) {
        records.preload(states);
        preloadHeld(states);
    }

    private void preloadHeld(List<RecordState> states) {
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
        if (update.time().isAfter(historyFrom)) {
            changes.add(RecordStateChange.of(update, known));
        }
        for (String feed : List.copyOf(reconcilers.keySet())) {
            Objects.requireNonNull(feedStates.get(feed)).setTraceparent(update.traceparent());
            runForFeed(feed, reconciler -> reconciler.reconcileUpdate(update, known));
        }
    }

    private static boolean hasSameContent(RecordState known, RecordState state) {
        return known.state() == null ? state.state() == null : known.state().equals(state.state());
    }

    /** Judges the next records of the running scan of a feed, of those that may be in its scope or are held. */
    void advanceScan(String feed, int limit) {
        FeedStepState feedState = feedStates.get(feed);
        if (feedState == null) {
            return;
        }
        RecordScan scan = feedState.scan();
        if (scan == null) {
            return;
        }
        ScanPage page =
                RecordStateStore.loadPage(transaction, feed, feedState.scope().findBounds(), scan.cursor(), limit);
        List<RecordState> states = page.states();
        records.take(states);
        preloadStates(states);
        ReconcileTrigger trigger = ReconcileTrigger.ofScan(scan.cause(), now);
        runForFeed(feed, reconciler -> {
            states.forEach(state -> reconciler.reconcileScanned(state, trigger));
            feedState.moveScan(page.cursor() == null ? null : new RecordScan(scan.cause(), page.cursor()));
        });
        if (scan.cause().isOfAlliance()) {
            noteUse(feed, states.size());
        }
    }

    /** Notes the work of a scan or replay, whose events are all that the step has appended. */
    private void noteUse(String feed, int scanned) {
        String alliance = Objects.requireNonNull(before.get(feed)).alliance();
        useByAlliance.merge(alliance, new ScanUse(scanned, volume.events), ScanUse::plus);
    }

    /** Replays some of the past for a feed: a part of a scan as of its moment, or the next changes of its day. */
    void advanceReplay(FeedRow feed, LocalDate today, int limit) {
        FeedReplay stored = Objects.requireNonNull(feed.replay());
        FeedReplay replay = stored.begunAt() < 0 ? stored.begin(RecordHistoryStore.findLast(transaction)) : stored;
        RecordHistory history = new RecordHistory(transaction, replay.moment());
        FeedStepState feedState = openFeedState(feed, history, new ScopeVisibility(history));
        feedState.moveReplay(replay);
        RecordScan scan = feedState.scan();
        if (scan != null) {
            List<RecordState> current = RecordStateStore.loadAfter(transaction, scan.cursor(), limit);
            List<RecordState> states = history.findRecords(current);
            preloadHeld(states);
            Instant dayBegin = replay.day().atStartOfDay(ChinaTime.CHINA_ZONE).toInstant();
            ReconcileTrigger trigger = ReconcileTrigger.ofScan(
                    scan.cause(), dayBegin.isBefore(replay.since()) ? replay.since() : dayBegin);
            runForFeed(feed.id(), reconciler -> {
                states.forEach(state -> reconciler.reconcileScanned(state, trigger));
                feedState.moveScan(
                        current.size() < limit
                                ? null
                                : new RecordScan(scan.cause(), current.getLast().outsideId()));
            });
            noteUse(feed.id(), current.size());
        } else {
            List<RecordStateChange> next = history.loadNext(limit);
            boolean isLast = next.size() < limit;
            runForFeed(
                    feed.id(),
                    reconciler ->
                            feedState.moveReplay(replayChanges(reconciler, history, replay, today, next, isLast)));
            noteUse(feed.id(), next.size());
        }
    }

    /** Returns how far the replay is then; null at its end, from which on the feed is live. */
    private @Nullable FeedReplay replayChanges(
            RecordReconciler reconciler,
            RecordHistory history,
            FeedReplay replay,
            LocalDate today,
            List<RecordStateChange> next,
            boolean isLast) {
        long position = replay.position();
        for (RecordStateChange change : next) {
            LocalDate day = LocalDate.ofInstant(change.time(), ChinaTime.CHINA_ZONE);
            if (day.isAfter(replay.day()) && replay.day().isBefore(today)) {
                return replay.moveTo(position, day.isAfter(today) ? today : day);
            }
            RecordState before = history.findRecord(change.outsideId());
            position = change.position();
            history.moveTo(position);
            RecordState state = history.findRecord(change.outsideId());
            if (state != null) {
                reconciler.reconcileUpdate(new RecordUpdate(change.change(), state, change.time()), before);
            }
        }
        if (!isLast) {
            return replay.moveTo(position, null);
        }
        return replay.day().isBefore(today) ? replay.moveTo(position, today) : null;
    }

    /** Appends a checkpoint to a feed. */
    void appendCheckpoint(String feed) {
        FeedStepState feedState = feedStates.get(feed);
        if (feedState != null) {
            feedState.appendCheckpoint();
        }
    }

    /** Forgets some of what the reader of a feed holds, before a new epoch. @return the number of forgotten records */
    int forgetHeld(String feed, int limit) {
        ReaderCopyStore.DeletedRecords forgotten = ReaderCopyStore.deleteSome(transaction, feed, limit);
        transaction.update("update feed set stored_bytes = stored_bytes - ? where id = ?", forgotten.bytes(), feed);
        return forgotten.records();
    }

    /** Begins a new epoch in a feed, of which nothing is held: its reader is to make its copy again. */
    void beginEpoch(FeedRow feed, int epoch) {
        FeedStepState feedState =
                new FeedStepState(feed, held.openPart(feed.id()), signer, checkpointEvents, now, volume);
        feedState.beginEpoch(epoch);
        feedStates.put(feed.id(), feedState);
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
            feedStates.remove(feed);
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
        RecordHistoryStore.store(transaction, changes);
        held.store(feedStates.values().stream().map(FeedStepState::held).toList());
        List<FeedEvent> appended = new ArrayList<>();
        Map<String, Long> bytes = new HashMap<>();
        feedStates.forEach((id, feedState) -> {
            appended.addAll(feedState.appended());
            bytes.put(id, feedState.countAddedBytes());
            changed.putIfAbsent(id, feedState.toRow());
        });
        changed.values().removeIf(row -> row.equals(known.get(row.id())));
        events.insert(transaction, appended, step);
        FeedRowStore.store(transaction, step, known, changed.values(), bytes);
        useByAlliance.forEach(
                (alliance, use) -> AllianceUseStore.add(transaction, alliance, use.scanned(), use.events()));
        return changed;
    }

    /** Returns the number of events of each feed that has any. */
    Map<String, Integer> countEvents() {
        return feedStates.entrySet().stream()
                .filter(entry -> !entry.getValue().appended().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().appended().size()));
    }
}
