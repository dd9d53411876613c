package org.voyage.indicators.feature.stream;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.live.CellChangeListener;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.problem.Refusal;

/**
 * Hub of the stream: it computes every watched breakdown after the figures changed, and sends the changes to the
 * watchers. The stream thread computes; the thread that applies events only records changes.
 */
@ApplicationScoped
public class StreamHub implements CellChangeListener {

    private static final Logger LOG = Logger.getLogger(StreamHub.class);
    private static final int PAUSE_PER_COMPUTE_TIME = 4;

    private final LiveFigures live;
    private final FigureCalculator figures;
    private final ReferenceData reference;
    private final Clock clock;
    private final IndicatorsConfig.StreamConfig config;
    private final Map<List<Object>, BreakdownChannel> channels = new LinkedHashMap<>();
    private final Map<String, RecentCellChanges> recentChanges = new HashMap<>();
    private final Semaphore work = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("voyage-stream").unstarted(this::runUntilStopped);
    private volatile Set<String> watched = Set.of();
    private volatile boolean stopped;
    /** Number of the last change; 0 means none. */
    private long nextNumber = 1;

    /** Rest owed for earlier work, in nanoseconds; used only by the stream thread, like {@code restedFrom}. */
    private long owedRestNanos;

    private long restedFrom = System.nanoTime();

    private final AtomicInteger watchers = new AtomicInteger();
    /** Counts the changed cells; used only by the thread that applies events. */
    private long changeCount;

    StreamHub(
            LiveFigures live, FigureCalculator figures, ReferenceData reference, Clock clock, IndicatorsConfig config) {
        this.live = live;
        this.figures = figures;
        this.reference = reference;
        this.clock = clock;
        this.config = config.stream();
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
            Set<StreamSubscription> all = new HashSet<>();
            channels.values().forEach(channel -> all.addAll(channel.watchers()));
            all.forEach(StreamSubscription::completeStream);
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
    synchronized void requireWatchable(List<FigureQuery> queries, Optional<String> province) {
        if (watchers.get() >= config.maxClients()) {
            throw new Refusal.Unavailable(10);
        }
        live.readView(view -> {
            queries.forEach(query -> figures.computeCells(view, query, province));
            return true;
        });
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
            StreamSubscription watcher) {
        List<BreakdownChannel> mine = new ArrayList<>();
        for (FigureQuery query : queries) {
            mine.add(channels.computeIfAbsent(
                    List.of(
                            query.figure().code(),
                            query.formatFilters(),
                            query.breakdownNames(),
                            query.period(),
                            province),
                    key -> new BreakdownChannel(query, province, config.memory(), ++nextNumber)));
        }
        watched = watchedCodes();
        publishChanges();
        watchers.incrementAndGet();
        mine.forEach(channel -> channel.watchers().add(watcher));
        watcher.notifyOnEnd(() -> removeWatcher(mine, watcher));
        sendFirstValues(watcher, mine, last, reset);
    }

    private void sendFirstValues(
            StreamSubscription watcher, List<BreakdownChannel> mine, OptionalLong last, boolean reset) {
        boolean goesOn = last.isPresent()
                && last.getAsLong() <= nextNumber
                && mine.stream().allMatch(channel -> channel.canReplayFrom(last.getAsLong()));
        if (goesOn) {
            mine.stream()
                    .flatMap(channel -> channel.findChangesAfter(last.getAsLong()).stream())
                    .sorted(Comparator.comparingLong(SequencedChange::number))
                    .forEach(change ->
                            watcher.offerMessage(new StreamMessage.ValueMessage(change.number(), change.change())));
            return;
        }
        if (reset || last.isPresent()) {
            watcher.offerMessage(new StreamMessage.ResetMessage());
        }
        PositionAnswer position = live.readView(this::toPosition);
        List<StreamedChange> snapshot = new ArrayList<>();
        mine.forEach(channel -> snapshot.addAll(channel.currentChanges(position)));
        for (int i = 0; i < snapshot.size(); i++) {
            // Only the last value has a number, because only then has the client all values up to here.
            watcher.offerMessage(
                    new StreamMessage.ValueMessage(i == snapshot.size() - 1 ? nextNumber : 0, snapshot.get(i)));
        }
    }

    /** Takes no lock: a look at large figures may take long, and the thread serves other connections too. */
    private void removeWatcher(List<BreakdownChannel> mine, StreamSubscription watcher) {
        watchers.decrementAndGet();
        for (BreakdownChannel channel : mine) {
            channel.leftAt = System.nanoTime();
            channel.watchers().remove(watcher);
        }
    }

    private void runUntilStopped() {
        while (!stopped) {
            try {
                boolean moved = work.tryAcquire(1, TimeUnit.SECONDS);
                work.drainPermits();
                long begun = System.nanoTime();
                synchronized (this) {
                    // The look is needed without changes too: at midnight the calendar alone changes figures.
                    publishChanges();
                    sendHeartbeatsAndEvict();
                }
                Duration rest = computeRest(begun, System.nanoTime());
                if (moved && !stopped && rest.isPositive()) {
                    Thread.sleep(rest);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("the stream could not look at the figures", e);
            }
        }
    }

    /**
     * Returns the rest after a look, so that looks take at most a fifth of the time. Short looks may follow each other
     * at once.
     */
    private Duration computeRest(long begun, long ended) {
        owedRestNanos = Math.max(0, owedRestNanos - (begun - restedFrom)) + PAUSE_PER_COMPUTE_TIME * (ended - begun);
        restedFrom = ended;
        return Duration.ofNanos(Math.max(0, owedRestNanos - config.gather().toNanos()));
    }

    private void publishChanges() {
        if (channels.isEmpty()) {
            return;
        }
        Map<BreakdownChannel, List<SequencedChange>> news = live.readView(this::collectChanges);
        news.forEach((channel, changes) -> {
            for (StreamSubscription watcher : List.copyOf(channel.watchers())) {
                changes.forEach(change ->
                        watcher.offerMessage(new StreamMessage.ValueMessage(change.number(), change.change())));
            }
        });
    }

    private Map<BreakdownChannel, List<SequencedChange>> collectChanges(FiguresView view) {
        Map<BreakdownChannel, List<SequencedChange>> news = new LinkedHashMap<>();
        PositionAnswer position = toPosition(view);
        CauseResolver causes = new CauseResolver(recentChanges, reference.geography(), figures);
        for (BreakdownChannel channel : List.copyOf(channels.values())) {
            for (StreamedChange change : collectChannelChanges(channel, view, position, causes)) {
                SequencedChange numbered = new SequencedChange(++nextNumber, change);
                channel.addToReplay(numbered);
                news.computeIfAbsent(channel, key -> new ArrayList<>()).add(numbered);
            }
        }
        recentChanges.clear();
        return news;
    }

    /**
     * Computes one breakdown. When this fails, as for a breakdown that has grown too large, only its own watchers end.
     */
    private List<StreamedChange> collectChannelChanges(
            BreakdownChannel channel, FiguresView view, PositionAnswer position, CauseResolver causes) {
        try {
            return channel.recomputeChanges(view, figures, position, causes);
        } catch (RuntimeException e) {
            LOG.warnf("The stream gives up %s: %s", channel.query().figure().code(), e.getMessage());
            channels.values().remove(channel);
            List.copyOf(channel.watchers()).forEach(StreamSubscription::completeStream);
            return List.of();
        }
    }

    private PositionAnswer toPosition(FiguresView view) {
        return new PositionAnswer(view.positions().offsetsByTopic(), clock.instant());
    }

    private void sendHeartbeatsAndEvict() {
        Set<StreamSubscription> silent = new LinkedHashSet<>();
        channels.values()
                .forEach(channel -> channel.watchers().stream()
                        .filter(watcher -> watcher.nanosSinceLastSent()
                                > config.heartbeat().toNanos())
                        .forEach(silent::add));
        silent.forEach(watcher -> watcher.offerMessage(new StreamMessage.HeartbeatMessage()));
        long now = System.nanoTime();
        if (channels.values()
                .removeIf(channel -> channel.watchers().isEmpty()
                        && now - channel.leftAt > config.linger().toNanos())) {
            watched = watchedCodes();
        }
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
