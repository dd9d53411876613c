package org.voyage.indicators.feature.stream;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.feature.completeness.ReportedYearsFinder;
import org.voyage.indicators.feature.completeness.YearStateChange;
import org.voyage.indicators.live.CellChangeListener;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveFreshness;
import org.voyage.indicators.live.LiveFreshnessProbe;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.health.ComponentHealth;
import org.voyage.kit.health.ComponentHeartbeat;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.trace.EventTraces;

/**
 * Hub of the stream: it computes every watched breakdown after the figures changed, and sends the changes to the
 * watchers. The stream thread computes; the thread that applies events only records changes. After an Error all streams
 * end, and the hub begins again.
 */
@ApplicationScoped
public class StreamHub implements CellChangeListener {

    /** Memory for the changes of all watched breakdowns; those with most bytes forget first. */
    private static final long MAX_KEPT_BYTES = 32L * 1024 * 1024;

    /**
     * Rest that may be due before the stream rests. Evaluation of the watched breakdowns takes at most a fifth of the time on
     * average. Changes during the rest are merged into one change per slice.
     */
    private static final Duration LEAST_REST = Duration.ofMillis(5);
    /** Changes that are kept per watched breakdown for clients that reconnect with {@code Last-Event-ID}. */
    private static final int MAX_KEPT_CHANGES = 10_000;
    /** How long a client may take nothing of what is sent before its connection is closed. */
    private static final Duration STALL_LIMIT = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(StreamHub.class);
    private static final int PAUSE_PER_COMPUTE_TIME = 4;
    private static final Duration MAX_SILENCE = Duration.ofSeconds(8);
    private static final long MAX_REST_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MIN_STANDING_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LiveFigures live;
    private final FigureCalculator figures;
    private final ReferenceData reference;
    private final ReportedYearsFinder reportedYears;
    private final Clock clock;
    private final IndicatorsConfig.StreamConfig config;
    private final ComponentHealth health;
    private final LiveFreshnessProbe freshness;
    private final Map<List<Object>, BreakdownChannel> channels = new LinkedHashMap<>();
    /** Watchers that wait for a further portion. */
    private final Set<StreamWatcher> unfinishedWatchers = new LinkedHashSet<>();

    private final Map<String, RecentCellChanges> recentChanges = new HashMap<>();
    /** Traceparents of the events since the last look that changed watched figures. */
    private final Set<String> tracedChanges = new HashSet<>();

    private final Semaphore work = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("voyage-stream").unstarted(this::runUntilStopped);
    private volatile Set<String> watched = Set.of();
    private volatile boolean stopped;
    /** Whether changed cells may be recorded that no channel watches any more. */
    private boolean holdsUnwatchedCells;

    /** Position of the last look. */
    private PositionAnswer position = new PositionAnswer(Map.of(), Instant.EPOCH);

    /** Number of the last change; 0 means none. */
    private long nextNumber = 1;

    /** Rest owed for earlier work, in nanoseconds; used only by the stream thread, like {@code restedFrom}. */
    private long owedRestNanos;

    private long restedFrom = System.nanoTime();

    /** The last standing that all watchers got, and when; used only by the stream thread. */
    private @Nullable LiveFreshness lastStanding;

    private long standingSentNanos = System.nanoTime();

    private final AtomicInteger watchers = new AtomicInteger();
    /** Counts the changed cells; used only by the thread that applies events. */
    private long changeCount;

    StreamHub(
            LiveFigures live,
            FigureCalculator figures,
            ReferenceData reference,
            ReportedYearsFinder reportedYears,
            Clock clock,
            IndicatorsConfig config,
            ComponentHealth health,
            LiveFreshnessProbe freshness) {
        this.live = live;
        this.figures = figures;
        this.reference = reference;
        this.reportedYears = reportedYears;
        this.clock = clock;
        this.config = config.stream();
        this.health = health;
        this.freshness = freshness;
    }

    void start(@Observes @Priority(10) StartupEvent event) {
        live.addListener(this);
        thread.start();
    }

    /** Stops before the service waits for running requests, because a stream never ends by itself. */
    void stop(@Observes @Priority(10) ShutdownDelayInitiatedEvent event) throws InterruptedException {
        stopped = true;
        work.release();
        thread.join(5_000);
        synchronized (this) {
            endAllStreams();
        }
    }

    @Override
    public boolean isInterestedIn(FigureAggregator aggregator) {
        return watched.contains(aggregator.indicator().code());
    }

    @Override
    public void onCellMoved(FigureAggregator aggregator, int[] at, long amount, TriggeringEvent cause) {
        recentChanges
                .computeIfAbsent(aggregator.indicator().code(), code -> new RecentCellChanges(aggregator))
                .addChange(new RecentCellChanges.CellChange(++changeCount, at, amount, cause));
    }

    @Override
    public void onTracedChange(String traceparent) {
        tracedChanges.add(traceparent);
    }

    @Override
    public void onBatchApplied() {
        if (!watched.isEmpty()) {
            work.release();
        }
    }

    /**
     * Requires that these breakdowns can be watched, before the response begins.
     *
     * @throws Refusal when there are too many clients, or a breakdown is too large
     */
    void requireWatchable(List<FigureQuery> queries, Optional<String> province) {
        if (watchers.get() >= config.maxClients()) {
            throw new Refusal.Unavailable(10);
        }
        reportedYears.requireClosings();
        List<FigureQuery> unwatched = findUnwatched(queries, province);
        live.readView(view -> {
            unwatched.forEach(query -> figures.computeCells(view, query, province));
            return true;
        });
    }

    private synchronized List<FigureQuery> findUnwatched(List<FigureQuery> queries, Optional<String> province) {
        return queries.stream()
                .filter(query -> !channels.containsKey(channelKey(query, province)))
                .toList();
    }

    private static List<Object> channelKey(FigureQuery query, Optional<String> province) {
        return List.of(query.figure().code(), query.formatFilters(), query.breakdownNames(), query.period(), province);
    }

    /**
     * Registers a watcher and sends its first values.
     *
     * @param last number of the last change that the client has seen; empty to begin with current values
     * @param reset whether the client must get a reset because it cannot continue
     */
    synchronized void beginWatching(
            List<FigureQuery> queries,
            Optional<String> province,
            OptionalLong last,
            boolean reset,
            StreamSubscription subscription) {
        Set<BreakdownChannel> mine = new LinkedHashSet<>();
        for (FigureQuery query : queries) {
            mine.add(channels.computeIfAbsent(
                    channelKey(query, province),
                    key -> new BreakdownChannel(query, province, MAX_KEPT_CHANGES, ++nextNumber)));
        }
        watched = watchedCodes();
        publishChanges();
        if (mine.stream().anyMatch(BreakdownChannel::isGivenUp)) {
            subscription.completeStream();
            return;
        }
        StreamWatcher watcher = new StreamWatcher(subscription, List.copyOf(mine));
        watchers.incrementAndGet();
        mine.forEach(channel -> channel.watchers().add(watcher));
        subscription.notifyOnRoom(() -> requestPortion(watcher));
        subscription.notifyOnEnd(() -> removeWatcher(mine, watcher));
        beginWatcher(watcher, mine, last, reset);
    }

    private void beginWatcher(StreamWatcher watcher, Set<BreakdownChannel> mine, OptionalLong last, boolean reset) {
        boolean goesOn = last.isPresent()
                && last.getAsLong() <= nextNumber
                && mine.stream().allMatch(channel -> channel.canReplayFrom(last.getAsLong()));
        if (goesOn) {
            watcher.beginAfter(last.getAsLong());
        } else {
            if (reset || last.isPresent()) {
                watcher.subscription().offerMessages(position, List.of(new StreamMessage.ResetMessage()));
            }
            watcher.beginWithValues();
        }
        watcher.subscription().offerStanding(freshness.readStanding());
        watcher.offerPortion(position, nextNumber);
        if (!watcher.isLive()) {
            unfinishedWatchers.add(watcher);
        }
    }

    /** Takes no lock: the thread that has written an event serves other connections too. */
    private void requestPortion(StreamWatcher watcher) {
        if (!watcher.isLive()) {
            work.release();
        }
    }

    /** Takes no lock: a look at large figures may take long, and the thread serves other connections too. */
    private void removeWatcher(Set<BreakdownChannel> mine, StreamWatcher watcher) {
        watchers.decrementAndGet();
        for (BreakdownChannel channel : mine) {
            channel.leftAt = System.nanoTime();
            channel.watchers().remove(watcher);
        }
    }

    private void runUntilStopped() {
        ComponentHeartbeat heartbeat = health.register("figure stream", MAX_SILENCE);
        while (!stopped) {
            try {
                heartbeat.beat();
                runStep(heartbeat);
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                LOG.error("the stream could not look at the figures", e);
            } catch (Error e) {
                heartbeat.reportFailure(e.toString());
                beginAnew(e);
            }
        }
        heartbeat.retire();
    }

    private void runStep(ComponentHeartbeat heartbeat) throws InterruptedException {
        boolean moved = work.tryAcquire(1, TimeUnit.SECONDS);
        work.drainPermits();
        long begun = System.nanoTime();
        synchronized (this) {
            // The look is needed without changes too: at midnight the calendar alone changes figures.
            publishChanges();
            offerPortions();
            sendHeartbeatsAndEvict();
            sendYearStates();
            sendStanding();
        }
        Duration rest = computeRest(begun, System.nanoTime());
        if (moved) {
            restAndBeat(rest, heartbeat);
        }
    }

    private void restAndBeat(Duration rest, ComponentHeartbeat heartbeat) throws InterruptedException {
        long end = System.nanoTime() + rest.toNanos();
        for (long left = rest.toNanos(); left > 0 && !stopped; left = end - System.nanoTime()) {
            heartbeat.beat();
            TimeUnit.NANOSECONDS.sleep(Math.min(left, MAX_REST_STEP_NANOS));
        }
    }

    /** Ends all streams: after an Error it is not known what the clients have got. They come back and begin again. */
    private void beginAnew(Error failure) {
        try {
            LOG.errorf("all streams end, and the stream begins again: %s", failure);
            synchronized (this) {
                endAllStreams();
            }
        } catch (Error again) {
            // Health reports the first one. The next step is tried after a second.
            work.drainPermits();
        }
    }

    private void endAllStreams() {
        Set<StreamWatcher> all = new HashSet<>(unfinishedWatchers);
        channels.values().forEach(channel -> all.addAll(channel.watchers()));
        channels.clear();
        unfinishedWatchers.clear();
        watched = Set.of();
        holdsUnwatchedCells = true;
        all.forEach(watcher -> watcher.subscription().completeStream());
    }

    /**
     * Returns the rest after a look, so that looks take at most a fifth of the time. Short looks may follow each other
     * at once.
     */
    private Duration computeRest(long begun, long ended) {
        owedRestNanos = Math.max(0, owedRestNanos - (begun - restedFrom)) + PAUSE_PER_COMPUTE_TIME * (ended - begun);
        restedFrom = ended;
        return Duration.ofNanos(Math.max(0, owedRestNanos - LEAST_REST.toNanos()));
    }

    private void publishChanges() {
        if (channels.isEmpty() && !holdsUnwatchedCells) {
            return;
        }
        List<Span> spans = new ArrayList<>(0);
        Map<BreakdownChannel, List<SequencedChange>> news = live.readView(view -> {
            tracedChanges.forEach(traceparent ->
                    spans.add(EventTraces.beginSpan("stream figures", SpanKind.PRODUCER, "stream", traceparent)));
            tracedChanges.clear();
            return collectChanges(view);
        });
        Set<StreamWatcher> informed = new LinkedHashSet<>();
        news.keySet().forEach(channel -> informed.addAll(channel.watchers()));
        for (StreamWatcher watcher : informed) {
            watcher.offerChanges(position, news);
            if (!watcher.isLive()) {
                unfinishedWatchers.add(watcher);
            }
        }
        spans.forEach(Span::end);
    }

    private Map<BreakdownChannel, List<SequencedChange>> collectChanges(FiguresView view) {
        Map<BreakdownChannel, List<SequencedChange>> news = new LinkedHashMap<>();
        position = new PositionAnswer(view.positions().offsetsByTopic(), clock.instant());
        CauseResolver causes = new CauseResolver(recentChanges, reference.geography(), figures);
        for (BreakdownChannel channel : List.copyOf(channels.values())) {
            for (SliceChange change : collectChannelChanges(channel, view, causes)) {
                SequencedChange numbered = new SequencedChange(++nextNumber, change);
                channel.addToReplay(numbered);
                news.computeIfAbsent(channel, key -> new ArrayList<>()).add(numbered);
            }
        }
        recentChanges.clear();
        holdsUnwatchedCells = false;
        if (!news.isEmpty()) {
            BreakdownChannel.limitReplayBytes(channels.values(), MAX_KEPT_BYTES);
        }
        return news;
    }

    /**
     * Computes one breakdown. When this fails, as for a breakdown that has grown too large, only its own watchers end.
     */
    private List<SliceChange> collectChannelChanges(BreakdownChannel channel, FiguresView view, CauseResolver causes) {
        try {
            return channel.recomputeChanges(
                    view, figures, causes, reportedYears.findReportedYears(view, channel.query()));
        } catch (RuntimeException e) {
            LOG.warnf("The stream gives up %s: %s", channel.query().figure().code(), e.getMessage());
            channel.giveUp();
            channels.values().remove(channel);
            List.copyOf(channel.watchers())
                    .forEach(watcher -> watcher.subscription().completeStream());
            watched = watchedCodes();
            return List.of();
        }
    }

    /** Offers further portions to the clients that have taken the last ones. */
    private void offerPortions() {
        unfinishedWatchers.removeIf(watcher -> {
            watcher.offerPortion(position, nextNumber);
            return watcher.isLive() || watcher.subscription().hasEnded();
        });
    }

    private void sendHeartbeatsAndEvict() {
        Set<StreamSubscription> silent = new LinkedHashSet<>();
        Set<StreamSubscription> stalled = new LinkedHashSet<>();
        for (BreakdownChannel channel : channels.values()) {
            for (StreamWatcher watcher : channel.watchers()) {
                StreamSubscription client = watcher.subscription();
                if (client.nanosStalled() > STALL_LIMIT.toNanos()) {
                    stalled.add(client);
                } else if (client.nanosSinceLastSent() > config.heartbeat().toNanos()) {
                    silent.add(client);
                }
            }
        }
        silent.forEach(StreamSubscription::offerHeartbeat);
        stalled.forEach(StreamSubscription::disconnect);
        long now = System.nanoTime();
        if (channels.values()
                .removeIf(channel -> channel.watchers().isEmpty()
                        && now - channel.leftAt > config.linger().toNanos())) {
            watched = watchedCodes();
            holdsUnwatchedCells = true;
        }
    }

    /** Sends the states of moved years to the watchers that may see them. */
    private void sendYearStates() {
        if (channels.isEmpty()) {
            reportedYears.forgetMovedYears();
            return;
        }
        for (YearStateChange moved : reportedYears.takeMovedYears()) {
            Set<StreamSubscription> clients = new LinkedHashSet<>();
            channels.values().stream()
                    .filter(channel -> channel.canSeeProvince(moved.province()))
                    .forEach(channel -> channel.watchers().forEach(each -> clients.add(each.subscription())));
            clients.forEach(client -> client.offerYearState(moved));
        }
    }

    /** Sends the standing of the figures now and then, and soon after events wait or no longer do. */
    private void sendStanding() {
        LiveFreshness standing = freshness.readStanding();
        LiveFreshness last = lastStanding;
        long age = System.nanoTime() - standingSentNanos;
        boolean turned = last == null || last.complete() != standing.complete();
        if (age < (turned ? MIN_STANDING_INTERVAL_NANOS : config.heartbeat().toNanos())) {
            return;
        }
        lastStanding = standing;
        standingSentNanos = System.nanoTime();
        Set<StreamSubscription> clients = new LinkedHashSet<>();
        channels.values().forEach(channel -> channel.watchers().forEach(each -> clients.add(each.subscription())));
        clients.forEach(client -> client.offerStanding(standing));
    }

    /** Returns the counted figures behind all watched figures. */
    private Set<String> watchedCodes() {
        Set<String> codes = new HashSet<>();
        channels.values()
                .forEach(channel ->
                        channel.query().figure().countedFigures().forEach(counted -> codes.add(counted.code())));
        return Set.copyOf(codes);
    }
}
