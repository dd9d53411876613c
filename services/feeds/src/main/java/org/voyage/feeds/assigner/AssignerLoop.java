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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * Loop of the assigner: applies the changes of the log, and between them evaluates scopes, goes on with scans, and makes the
 * steps visible. Changes come first. For one thread, and a second one that parses.
 */
final class AssignerLoop implements LogFollower.LogProcessor<AssignerLoop.ParsedChunk> {

    /** Records that a scan judges in one step. */
    private static final int STEP_SCAN_RECORDS = 500;

    private static final Logger LOG = Logger.getLogger(AssignerLoop.class);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long COUNT_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** While changes come, scans take a quarter of the time; else their events would delay those of the changes. */
    private static final int REST_PER_SCAN_TIME = 3;

    private static final long SCAN_TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Each step costs a commit whatever it holds; on a busy machine smaller steps would do little else. */
    private static final int MIN_SCAN_RECORDS = 200;
    /** Dead letters in memory at a time while a start reads them again; each may have the size of the largest message. */
    private static final int DEAD_LETTERS_PER_PAGE = 20;
    /** Feeds whose scope is evaluated in each tick although nothing is known to have changed. */
    private static final int FEEDS_PER_TICK = 50;

    private static final int FIRST_STEP_MESSAGES = 16;
    private static final int FIRST_STEP_RECORDS = 16;
    private static final int FORGOTTEN_PER_STEP = 5_000;

    private final AssignerDatabase database;
    private final LogReaderFactory logs;
    private final FeedWitness witness;
    private final FeedScopeEvaluator evaluator;
    private final RecordEventParser parser;
    private final AssignerMetrics metrics;
    private final ReaderLease lease;
    private final Clock clock;
    private final StepObserver observer;
    private final AtomicBoolean isRegistryChanged = new AtomicBoolean(true);
    private final AtomicBoolean isFeedChanged = new AtomicBoolean();
    private final Set<String> evaluated = new HashSet<>();
    private final Set<String> announced = new HashSet<>();
    private AssignerDatabase.AssignerView view = AssignerDatabase.AssignerView.EMPTY;
    private long nextTick = System.nanoTime();
    private long nextCount = System.nanoTime();
    private long nextScan = System.nanoTime();
    private long lastChange = System.nanoTime() - TICK_NANOS;
    private String lastAlliance = "";
    private final Map<String, String> lastScanned = new HashMap<>();
    private String lastEvaluated = "";
    /** Small at the start, as {@link #stepMessages}: the process may have ended because a step was too large for its memory. */
    private int scanRecords = FIRST_STEP_RECORDS;

    private int stepMessages = FIRST_STEP_MESSAGES;

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
            AssignerMetrics metrics,
            Clock clock,
            StepObserver observer) {
        this.database = database;
        this.logs = logs;
        this.witness = witness;
        this.evaluator = evaluator;
        this.parser = parser;
        this.metrics = metrics;
        this.lease = database.createLease();
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * Notes that feeds may have changed, or what all scopes depend on. Any thread may call this.
     *
     * @param isOfFeeds whether grants, members and alliances are as they were
     */
    void noteChange(boolean isOfFeeds) {
        (isOfFeeds ? isFeedChanged : isRegistryChanged).set(true);
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
        // Before the database: an assigner of an older release may still make steps.
        Optional<WitnessedStep> known = witness.read();
        database.noteOlderSteps();
        view = database.loadView();
        evaluated.clear();
        isRegistryChanged.set(true);
        if (known.isPresent() && known.get().step() > view.step()) {
            noteRestore(known.get());
        }
        beginEpochs();
        announced.addAll(view.feeds().keySet());
        readDeadLettersAgain();
        publishSteps();
        return logs.openReader(
                partition -> view.offsets().containsKey(partition)
                        ? view.offsets().get(partition).nextOffset()
                        : LogReader.FROM_BEGINNING,
                FeedAssigner.STEP_MESSAGES);
    }

    @Override
    public ParsedChunk processChunk(LogReader.LogChunk chunk, LogReader reader) {
        beat();
        return new ParsedChunk(chunk.messages().stream().map(this::parse).toList(), chunk.nextOffsets());
    }

    private ParsedMessage parse(LogMessage message) {
        try {
            return new ParsedMessage(message, parser.parse(message), "");
        } catch (UnreadableRecordException e) {
            return new ParsedMessage(message, null, String.valueOf(e.getMessage()));
        }
    }

    /** Applies events that a former version of the service could not read. Those of one record come in their order. */
    private void readDeadLettersAgain() throws StandbyException, InterruptedException {
        int readable = 0;
        List<LogMessage> page = database.findDeadLetters(null, DEAD_LETTERS_PER_PAGE);
        while (!page.isEmpty()) {
            requireLease();
            for (LogMessage letter : page) {
                ParsedMessage parsed = parse(letter);
                if (parsed.update() != null) {
                    storeMessages(List.of(parsed), Map.of());
                    readable++;
                }
            }
            page = database.findDeadLetters(page.getLast(), DEAD_LETTERS_PER_PAGE);
        }
        if (readable > 0) {
            LOG.infof("%d dead letters were read again", readable);
        }
    }

    @Override
    public void applyChunk(ParsedChunk chunk) throws StandbyException, InterruptedException {
        requireLease();
        if (!chunk.nextOffsets().isEmpty()) {
            storeMessages(chunk.messages(), chunk.nextOffsets());
        }
        if (!chunk.messages().isEmpty()) {
            lastChange = System.nanoTime();
        }
        boolean isTick = System.nanoTime() - nextTick > 0;
        if (isTick || isRegistryChanged.get() || isFeedChanged.get()) {
            nextTick = System.nanoTime() + TICK_NANOS;
            maintainFeeds(isTick);
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

    /** Stores messages in as many steps as their events need, and publishes each. */
    private void storeMessages(List<ParsedMessage> messages, Map<TopicPartition, Long> next)
            throws StandbyException, InterruptedException {
        int stored = 0;
        do {
            requireLease();
            int end = Math.min(messages.size(), stored + stepMessages);
            List<ParsedMessage> part = messages.subList(stored, end);
            stored += storePart(part, end == messages.size() ? next : findNextOffsets(part));
            publishSteps();
        } while (stored < messages.size());
    }

    /**
     * Stores messages in one step; if one cannot be applied, halves isolate it, and it becomes a dead letter.
     *
     * @return number of stored messages: fewer than all when their events fill the step before
     */
    private int storePart(List<ParsedMessage> messages, Map<TopicPartition, Long> next)
            throws StandbyException, InterruptedException {
        AtomicInteger applied = new AtomicInteger();
        try {
            runStep(view.feeds(), open -> applied.set(open.applyMessages(messages, next)));
            stepMessages = Math.min(FeedAssigner.STEP_MESSAGES, stepMessages * 2);
            return applied.get();
        } catch (AssignerStep.VersionConflictException e) {
            isolateMessage(messages, next, String.valueOf(e.getMessage()));
        } catch (DatabaseException e) {
            if (e.sqlState() == null || !e.sqlState().startsWith("22")) {
                throw e;
            }
            isolateMessage(messages, next, "PostgreSQL refuses it: " + e.sqlState());
        } catch (OutOfMemoryError e) {
            stepMessages = Math.max(1, messages.size() / 2);
            throw e;
        }
        return messages.size();
    }

    /** Returns the offsets after messages, by partition. */
    static Map<TopicPartition, Long> findNextOffsets(List<ParsedMessage> messages) {
        Map<TopicPartition, Long> next = new LinkedHashMap<>();
        messages.forEach(each -> next.put(
                new TopicPartition(each.message().topic(), each.message().partition()),
                each.message().offset() + 1));
        return next;
    }

    private void isolateMessage(List<ParsedMessage> messages, Map<TopicPartition, Long> next, String reason)
            throws StandbyException, InterruptedException {
        if (messages.size() == 1) {
            LogMessage message = messages.getFirst().message();
            LOG.warnf("dead letter %s %s: %s", message.topic(), message.key(), reason);
            storeMessages(List.of(new ParsedMessage(message, null, reason)), next);
            return;
        }
        List<ParsedMessage> first = messages.subList(0, messages.size() / 2);
        storeMessages(first, findNextOffsets(first));
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
                return () -> observer.reach(StepCrashPoint.BEFORE_COMMIT);
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
        observer.reach(StepCrashPoint.BEFORE_WITNESS);
        witness.write(lease.epoch(), new WitnessedStep(view.step(), view.findMaxEpoch()));
        observer.reach(StepCrashPoint.BEFORE_VISIBLE);
        database.makeVisible(view.step(), announced);
        view = view.withVisible();
        announced.clear();
        observer.reach(StepCrashPoint.AFTER_VISIBLE);
    }

    /** The database knows less than the witness: it was restored, and readers know events that it does not. */
    private void noteRestore(WitnessedStep known) throws StandbyException {
        int epoch = Math.max(known.epoch(), view.findMaxEpoch()) + 1;
        LOG.warnf(
                "the database knows step %d of %d: it was restored, all feeds begin epoch %d",
                view.step(), known.step(), epoch);
        runStep(Map.of(), open -> {
            open.raiseStep(known.step());
            open.noteReset(epoch);
        });
        metrics.noteReset();
    }

    /** Lets each feed begin the epoch that is due, in steps of its own: nothing else happens to any feed before. */
    private void beginEpochs() throws StandbyException, InterruptedException {
        int epoch = view.resetEpoch();
        if (epoch == 0) {
            return;
        }
        for (FeedRow feed : List.copyOf(view.feeds().values())) {
            if (feed.epoch() < epoch) {
                beginEpoch(feed, epoch);
            }
        }
        runStep(Map.of(), open -> open.noteReset(0));
    }

    /** Forgets what the reader of a feed holds, in as many steps as that needs, and begins the epoch in the last one. */
    private void beginEpoch(FeedRow feed, int epoch) throws StandbyException, InterruptedException {
        AtomicInteger forgotten = new AtomicInteger();
        do {
            requireLease();
            runStep(Map.of(), open -> {
                forgotten.set(open.step().forgetHeld(feed.id(), FORGOTTEN_PER_STEP));
                if (forgotten.get() < FORGOTTEN_PER_STEP) {
                    open.step().beginEpoch(feed, epoch);
                }
            });
        } while (forgotten.get() == FORGOTTEN_PER_STEP);
        publishSteps();
    }

    /** @param isTick whether it is the turn of some feeds of which nothing is known to have changed */
    private void maintainFeeds(boolean isTick) throws StandbyException {
        isFeedChanged.set(false);
        boolean isChanged = isRegistryChanged.getAndSet(false);
        refreshView();
        LocalDate today = evaluator.today();
        boolean isNewDay = view.evaluatedOn() != null && !today.equals(view.evaluatedOn());
        List<FeedRow> changed = new ArrayList<>();
        int budget = isTick ? FEEDS_PER_TICK : 0;
        for (FeedRow feed : orderFeeds()) {
            requireLease();
            boolean isDue = isChanged
                    || isNewDay
                    || feed.scope() == null
                    || !feed.filter().equals(feed.scopeFilter())
                    || !evaluated.contains(feed.id());
            if (!isDue) {
                if (budget == 0) {
                    continue;
                }
                budget--;
                lastEvaluated = feed.id();
            }
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
        Optional<FeedRow> next = findNextScan();
        if (next.isEmpty()) {
            return;
        }
        FeedRow feed = next.get();
        lastAlliance = feed.alliance();
        lastScanned.put(feed.alliance(), feed.id());
        long begun = System.nanoTime();
        FeedReplay replay = feed.replay();
        if (replay == null) {
            runStep(Map.of(feed.id(), feed), open -> open.step().advanceScan(feed.id(), scanRecords));
        } else if (replay.dueDay() != null && feed.scan() == null) {
            FeedRow onDay = evaluator.evaluateReplayedDay(feed);
            runStep(Map.of(), open -> open.step().putFeed(onDay));
            return;
        } else {
            LocalDate today = evaluator.today();
            runStep(Map.of(feed.id(), feed), open -> open.step().advanceReplay(feed, today, scanRecords));
        }
        long took = Math.max(1, System.nanoTime() - begun);
        scanRecords = (int) Math.clamp(
                scanRecords * Math.clamp((double) SCAN_TARGET_NANOS / took, 0.5, 2.0),
                Math.min(Math.min(MIN_SCAN_RECORDS, 2 * scanRecords), STEP_SCAN_RECORDS),
                STEP_SCAN_RECORDS);
    }

    /** Returns the feed whose turn it is: alliances take turns, whatever the number of their feeds, and so do these. */
    private Optional<FeedRow> findNextScan() {
        TreeMap<String, TreeMap<String, FeedRow>> scans = new TreeMap<>();
        view.feeds().values().stream()
                .filter(FeedRow::hasBacklog)
                .forEach(feed -> scans.computeIfAbsent(feed.alliance(), _ -> new TreeMap<>())
                        .put(feed.id(), feed));
        if (scans.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, TreeMap<String, FeedRow>> later = scans.higherEntry(lastAlliance);
        Map.Entry<String, TreeMap<String, FeedRow>> alliance = later == null ? scans.firstEntry() : later;
        TreeMap<String, FeedRow> feeds = alliance.getValue();
        Map.Entry<String, FeedRow> next = feeds.higherEntry(lastScanned.getOrDefault(alliance.getKey(), ""));
        return Optional.of((next == null ? feeds.firstEntry() : next).getValue());
    }
}
