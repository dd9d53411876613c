package org.voyage.feeds.assigner;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.assigner.FeedWitness.WitnessedStep;
import org.voyage.feeds.record.RecordEventParser;
import org.voyage.feeds.record.RecordEventParser.UnreadableRecordException;
import org.voyage.feeds.record.RecordUpdate;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.log.ConsumerOffsetTable.OffsetConflictException;
import org.voyage.kit.log.LogFollower;
import org.voyage.kit.log.LogFollower.StandbyException;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.LogReader;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.ReaderLease;
import org.voyage.kit.reference.ChinaTime;

/**
 * Loop of the assigner: applies the changes of the log, and between them evaluates scopes, goes on with scans, and makes the
 * steps visible. Changes come first. For one thread, and a second one that parses.
 */
final class AssignerLoop implements LogFollower.LogProcessor<AssignerLoop.ParsedChunk> {

    private static final Logger LOG = Logger.getLogger(AssignerLoop.class);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long COUNT_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** While changes come, scans take a quarter of the time; else their events would delay those of the changes. */
    private static final int REST_PER_SCAN_TIME = 3;

    private static final long SCAN_TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Each step costs a commit whatever it holds; on a busy machine smaller steps would do little else. */
    private static final int MIN_SCAN_RECORDS = 200;
    /** Feeds whose scope is evaluated in each tick although nothing is known to have changed. */
    private static final int FEEDS_PER_TICK = 50;

    private final AssignerDatabase database;
    private final LogReaderFactory logs;
    private final FeedWitness witness;
    private final FeedScopeEvaluator evaluator;
    private final RecordEventParser parser;
    private final AssignerConfig.AssignerSettings settings;
    private final AssignerMetrics metrics;
    private final ReaderLease lease;
    private final Clock clock;
    private final StepObserver observer;
    private final AtomicBoolean isRegistryChanged = new AtomicBoolean(true);
    private final Set<String> evaluated = new HashSet<>();
    private final Set<String> announced = new HashSet<>();
    private AssignerDatabase.AssignerView view = AssignerDatabase.AssignerView.EMPTY;
    private long nextTick = System.nanoTime();
    private long nextCount = System.nanoTime();
    private long nextScan = System.nanoTime();
    private long lastChange = System.nanoTime() - TICK_NANOS;
    private String lastScanned = "";
    private String lastEvaluated = "";
    private int scanRecords = MIN_SCAN_RECORDS;
    private volatile long beatNanos = System.nanoTime();

    /** Message of the log with what it says; null when that cannot be read. */
    record ParsedMessage(LogMessage message, @Nullable RecordUpdate update, String reason) {}

    /** Chunk of the log. */
    record ParsedChunk(List<ParsedMessage> messages, Map<TopicPartition, Long> nextOffsets) {}

    /** @param observer is called at each point of a step, for tests of crashes */
    AssignerLoop(
            AssignerDatabase database,
            LogReaderFactory logs,
            FeedWitness witness,
            FeedScopeEvaluator evaluator,
            RecordEventParser parser,
            AssignerConfig.AssignerSettings settings,
            AssignerMetrics metrics,
            Clock clock,
            StepObserver observer) {
        this.database = database;
        this.logs = logs;
        this.witness = witness;
        this.evaluator = evaluator;
        this.parser = parser;
        this.settings = settings;
        this.metrics = metrics;
        this.lease = database.createLease();
        this.clock = clock;
        this.observer = observer;
    }

    /** Notes that feeds, grants, members or alliances may have changed. Any thread may call this. */
    void noteRegistryChange() {
        isRegistryChanged.set(true);
    }

    /** Returns the time since the loop last did something. */
    long silentMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beatNanos);
    }

    void releaseLease() {
        try {
            lease.release();
        } catch (DatabaseException e) {
            LOG.debugf("the lease runs out by itself: %s", e.getMessage());
        }
        witness.close();
    }

    @Override
    public LogReader openReader() throws StandbyException, InterruptedException {
        requireLease();
        view = database.loadView();
        evaluated.clear();
        isRegistryChanged.set(true);
        Optional<WitnessedStep> known = witness.read();
        if (known.isPresent() && known.get().step() > view.step()) {
            beginEpochs(known.get());
        }
        announced.addAll(view.feeds().keySet());
        publishSteps();
        return logs.openReader(
                partition -> view.offsets().containsKey(partition)
                        ? view.offsets().get(partition).nextOffset()
                        : LogReader.FROM_BEGINNING,
                settings.batch());
    }

    @Override
    public ParsedChunk processChunk(LogReader.LogChunk chunk, LogReader reader) {
        beat();
        List<ParsedMessage> parsed = new ArrayList<>(chunk.messages().size());
        for (LogMessage message : chunk.messages()) {
            try {
                parsed.add(new ParsedMessage(message, parser.parse(message), ""));
            } catch (UnreadableRecordException e) {
                parsed.add(new ParsedMessage(message, null, String.valueOf(e.getMessage())));
            }
        }
        return new ParsedChunk(parsed, chunk.nextOffsets());
    }

    @Override
    public void applyChunk(ParsedChunk chunk) throws StandbyException, InterruptedException {
        requireLease();
        if (!chunk.nextOffsets().isEmpty()) {
            storeMessages(chunk.messages(), chunk.nextOffsets());
            publishSteps();
        }
        if (!chunk.messages().isEmpty()) {
            lastChange = System.nanoTime();
        }
        if (isRegistryChanged.get() || System.nanoTime() - nextTick > 0) {
            nextTick = System.nanoTime() + TICK_NANOS;
            maintainFeeds();
        }
        if (System.nanoTime() - nextScan >= 0) {
            long begun = System.nanoTime();
            advanceNextScan();
            publishSteps();
            long ended = System.nanoTime();
            boolean changesCome = ended - lastChange < TICK_NANOS;
            nextScan = ended + (changesCome ? REST_PER_SCAN_TIME * (ended - begun) : 0);
        }
        publishSteps();
        beat();
    }

    private void beat() {
        beatNanos = System.nanoTime();
    }

    private void requireLease() throws StandbyException {
        beat();
        if (!lease.hold()) {
            metrics.noteStandby();
            throw new StandbyException();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Stores messages; if one cannot be applied, halves isolate it, and it becomes a dead letter. */
    private void storeMessages(List<ParsedMessage> messages, Map<TopicPartition, Long> next) throws StandbyException {
        try {
            runStep(view.feeds(), open -> open.applyMessages(messages, next));
            metrics.noteApplied(
                    messages.isEmpty() ? null : messages.getLast().message().time());
        } catch (AssignerStep.VersionConflictException e) {
            isolateMessage(messages, next, String.valueOf(e.getMessage()));
        } catch (DatabaseException e) {
            if (e.sqlState() == null || !e.sqlState().startsWith("22")) {
                throw e;
            }
            isolateMessage(messages, next, "PostgreSQL refuses it: " + e.sqlState());
        }
    }

    private void isolateMessage(List<ParsedMessage> messages, Map<TopicPartition, Long> next, String reason)
            throws StandbyException {
        if (messages.size() == 1) {
            LogMessage message = messages.getFirst().message();
            LOG.warnf("dead letter %s %s: %s", message.topic(), message.key(), reason);
            storeMessages(List.of(new ParsedMessage(message, null, reason)), next);
            return;
        }
        List<ParsedMessage> first = messages.subList(0, messages.size() / 2);
        Map<TopicPartition, Long> middle = new LinkedHashMap<>();
        first.forEach(each -> middle.put(
                new TopicPartition(each.message().topic(), each.message().partition()),
                each.message().offset() + 1));
        storeMessages(first, middle);
        storeMessages(messages.subList(messages.size() / 2, messages.size()), next);
    }

    /** Work of one step. */
    interface StepWork {
        void run(AssignerDatabase.OpenStep step) throws OffsetConflictException;
    }

    private void runStep(Map<String, FeedRow> feeds, StepWork work) throws StandbyException {
        long begun = System.nanoTime();
        try {
            AssignerDatabase.AssignerView stored = database.runStep(view, feeds, now(), open -> {
                work.run(open);
                return () -> observer.reach(StepPoint.BEFORE_COMMIT);
            });
            announced.addAll(stored.touched());
            view = stored;
            metrics.noteStep(System.nanoTime() - begun, stored.newEvents());
        } catch (OffsetConflictException
                | FeedRowStore.FeedConflictException
                | AssignerDatabase.StepConflictException e) {
            LOG.infof("another assigner was faster: %s", e.getMessage());
            throw new StandbyException();
        }
    }

    /** Lets Kafka witness the last step, and then readers see it. */
    private void publishSteps() throws InterruptedException {
        if (view.visibleStep() >= view.step()) {
            return;
        }
        observer.reach(StepPoint.BEFORE_WITNESS);
        int epoch =
                view.feeds().values().stream().mapToInt(FeedRow::epoch).max().orElse(0);
        witness.write(lease.epoch(), new WitnessedStep(view.step(), Math.max(epoch, view.maxEpoch())));
        observer.reach(StepPoint.BEFORE_VISIBLE);
        database.makeVisible(view.step(), announced);
        view = view.withVisible();
        announced.clear();
        observer.reach(StepPoint.AFTER_VISIBLE);
    }

    /** The database knows less than the witness: it was restored, and readers know events that it does not. */
    private void beginEpochs(WitnessedStep known) throws StandbyException {
        int epoch = Math.max(
                        known.epoch(),
                        view.feeds().values().stream()
                                .mapToInt(FeedRow::epoch)
                                .max()
                                .orElse(0))
                + 1;
        LOG.warnf(
                "the database knows step %d of %d: it was restored, all feeds begin epoch %d",
                view.step(), known.step(), epoch);
        view = view.withMaxEpoch(epoch);
        runStep(Map.of(), open -> {
            open.raiseStep(known.step());
            view.feeds().values().forEach(feed -> open.step().beginEpoch(feed, epoch));
        });
        metrics.noteReset();
    }

    private void maintainFeeds() throws StandbyException {
        boolean isChanged = isRegistryChanged.getAndSet(false);
        refreshView();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ChinaTime.CHINA_ZONE);
        boolean isNewDay = view.evaluatedOn() != null && !today.equals(view.evaluatedOn());
        List<FeedRow> changed = new ArrayList<>();
        int budget = FEEDS_PER_TICK;
        for (FeedRow feed : orderFeeds()) {
            boolean isDue = isChanged
                    || isNewDay
                    || feed.scope() == null
                    || !feed.filter().equals(feed.scopeFilter())
                    || !evaluated.contains(feed.id());
            if (!isDue && budget-- <= 0) {
                break;
            }
            lastEvaluated = feed.id();
            evaluator
                    .evaluate(feed, today, isNewDay, !evaluated.contains(feed.id()))
                    .ifPresent(changed::add);
            evaluated.add(feed.id());
        }
        if (!changed.isEmpty() || !today.equals(view.evaluatedOn())) {
            runStep(Map.of(), open -> {
                changed.forEach(open.step()::putFeed);
                open.noteEvaluation(today);
            });
        }
        appendDueCheckpoints();
        metrics.noteFeeds(view.feeds().values());
        if (System.nanoTime() - nextCount > 0) {
            nextCount = System.nanoTime() + COUNT_NANOS;
            metrics.noteWaiting(database.noteWaiting(clock.instant()), database.countDeadLetters());
        }
    }

    /** Notices also while nothing changes that the database was restored: the next begin asks the witness. */
    private void refreshView() throws StandbyException {
        try {
            view = database.refreshView(view);
        } catch (AssignerDatabase.StepConflictException e) {
            LOG.infof("the assigner begins again: %s", e.getMessage());
            throw new StandbyException();
        }
    }

    /** Returns the feeds, those first that were not evaluated for longest. */
    private List<FeedRow> orderFeeds() {
        List<FeedRow> ordered = new ArrayList<>();
        view.feeds().values().stream()
                .filter(feed -> feed.id().compareTo(lastEvaluated) > 0)
                .forEach(ordered::add);
        view.feeds().values().stream()
                .filter(feed -> feed.id().compareTo(lastEvaluated) <= 0)
                .forEach(ordered::add);
        return ordered;
    }

    private void appendDueCheckpoints() throws StandbyException {
        Instant due = now().minus(database.checkpointInterval());
        Map<String, FeedRow> feeds = new HashMap<>();
        view.feeds().values().stream()
                .filter(feed -> feed.isLive()
                        && feed.eventsSinceCheckpoint() > 0
                        && feed.checkpointAt().isBefore(due))
                .forEach(feed -> feeds.put(feed.id(), feed));
        if (!feeds.isEmpty()) {
            runStep(feeds, open -> feeds.keySet().forEach(open.step()::appendCheckpoint));
        }
    }

    /** Judges some records of the next feed that has a scan, or replays some changes for it. */
    private void advanceNextScan() throws StandbyException {
        Optional<FeedRow> next = orderScans();
        if (next.isEmpty()) {
            return;
        }
        FeedRow feed = next.get();
        lastScanned = feed.id();
        long begun = System.nanoTime();
        FeedReplay replay = feed.replay();
        if (replay == null) {
            runStep(Map.of(feed.id(), feed), open -> open.step().advanceScan(feed.id(), scanRecords));
        } else if (replay.dueDay() != null && feed.scan() == null) {
            FeedRow onDay = evaluator.evaluateReplayedDay(feed);
            runStep(Map.of(), open -> open.step().putFeed(onDay));
            return;
        } else {
            runStep(Map.of(feed.id(), feed), open -> open.step().advanceReplay(feed, scanRecords));
        }
        long took = Math.max(1, System.nanoTime() - begun);
        scanRecords = (int) Math.clamp(
                scanRecords * Math.clamp((double) SCAN_TARGET_NANOS / took, 0.5, 2.0),
                Math.min(MIN_SCAN_RECORDS, settings.scanBatch()),
                settings.scanBatch());
    }

    private Optional<FeedRow> orderScans() {
        List<FeedRow> scans =
                view.feeds().values().stream().filter(FeedRow::hasBacklog).toList();
        return scans.stream()
                .filter(feed -> feed.id().compareTo(lastScanned) > 0)
                .findFirst()
                .or(() -> scans.stream().findFirst());
    }
}
