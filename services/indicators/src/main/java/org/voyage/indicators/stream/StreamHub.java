package org.voyage.indicators.stream;

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
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.ChangeListener;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.problem.Refusal;

/**
 * Looks again at every watched breakdown after the figures moved, and tells each watcher what is different. One thread
 * looks; the one that applies events only leaves notes.
 */
@ApplicationScoped
public class StreamHub implements ChangeListener {

    private static final Logger LOG = Logger.getLogger(StreamHub.class);
    private static final int REST = 4;

    private final LiveFigures live;
    private final Figures figures;
    private final Reference reference;
    private final Clock clock;
    private final IndicatorsConfig.Stream config;
    private final Map<List<Object>, Channel> channels = new LinkedHashMap<>();
    private final Map<String, Touches> touches = new HashMap<>();
    private final Semaphore work = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("voyage-stream").unstarted(this::run);
    private volatile Set<String> watched = Set.of();
    private volatile boolean stopped;
    /** Of the last change; 0 would stand for none. */
    private long number = 1;

    /** Rest that is due for what was looked at until a moment, in nanoseconds; both of the thread that looks. */
    private long owed;

    private long restedFrom = System.nanoTime();

    private final AtomicInteger watchers = new AtomicInteger();
    /** Counts the cells that moved; by the one thread that applies. */
    private long touched;

    StreamHub(LiveFigures live, Figures figures, Reference reference, Clock clock, IndicatorsConfig config) {
        this.live = live;
        this.figures = figures;
        this.reference = reference;
        this.clock = clock;
        this.config = config.stream();
    }

    void start(@Observes @Priority(10) StartupEvent event) {
        live.listen(this);
        thread.start();
    }

    /** Before the service waits for what is under way: a stream never ends by itself. */
    void stop(@Observes @Priority(10) ShutdownDelayInitiatedEvent event) throws InterruptedException {
        stopped = true;
        work.release();
        thread.join(5_000);
        synchronized (this) {
            Set<Watcher> all = new HashSet<>();
            channels.values().forEach(channel -> all.addAll(channel.watchers()));
            all.forEach(Watcher::complete);
        }
    }

    @Override
    public boolean wants(Tally tally) {
        return watched.contains(tally.indicator().code());
    }

    @Override
    public void cellMoved(Tally tally, int[] at, long amount, Cause cause) {
        touches.computeIfAbsent(tally.indicator().code(), code -> new Touches(tally))
                .note(new Touches.Touch(++touched, at, amount, cause));
    }

    @Override
    public void batchApplied() {
        if (!watched.isEmpty()) {
            work.release();
        }
    }

    /**
     * Makes sure that these can be watched, before the answer begins.
     *
     * @throws Refusal when there are too many clients, or a breakdown is too large
     */
    synchronized void require(List<FigureQuery> queries, Optional<String> province) {
        if (watchers.get() >= config.maxClients()) {
            throw new Refusal.Unavailable(10);
        }
        live.read(cut -> {
            queries.forEach(query -> figures.cells(cut, query, province));
            return true;
        });
    }

    /**
     * Begins to watch.
     *
     * @param last number of the last change that the client has seen; empty to begin with current values
     * @param reset whether the client must be told that it cannot go on from where it was
     */
    synchronized void watch(
            List<FigureQuery> queries, Optional<String> province, OptionalLong last, boolean reset, Watcher watcher) {
        List<Channel> mine = new ArrayList<>();
        for (FigureQuery query : queries) {
            mine.add(channels.computeIfAbsent(
                    List.of(query.indicator().code(), query.filterTexts(), query.byNames(), query.period(), province),
                    key -> new Channel(query, province, config.memory(), ++number)));
        }
        watched = watchedCodes();
        look();
        watchers.incrementAndGet();
        mine.forEach(channel -> channel.watchers().add(watcher));
        watcher.notifyOnEnd(() -> leave(mine, watcher));
        greet(watcher, mine, last, reset);
    }

    private void greet(Watcher watcher, List<Channel> mine, OptionalLong last, boolean reset) {
        boolean goesOn = last.isPresent()
                && last.getAsLong() <= number
                && mine.stream().allMatch(channel -> channel.remembersSince(last.getAsLong()));
        if (goesOn) {
            mine.stream()
                    .flatMap(channel -> channel.since(last.getAsLong()).stream())
                    .sorted(Comparator.comparingLong(Numbered::number))
                    .forEach(change -> watcher.offer(new Outgoing.Value(change.number(), change.change())));
            return;
        }
        if (reset || last.isPresent()) {
            watcher.offer(new Outgoing.Reset());
        }
        PositionAnswer position = live.read(this::position);
        List<Change> snapshot = new ArrayList<>();
        mine.forEach(channel -> snapshot.addAll(channel.snapshot(position)));
        for (int i = 0; i < snapshot.size(); i++) {
            // Only after the last one may a client say that it has seen everything up to here.
            watcher.offer(new Outgoing.Value(i == snapshot.size() - 1 ? number : 0, snapshot.get(i)));
        }
    }

    /** Waits for nobody: whoever looks at large figures may take long, and a connection that ends is not alone on its thread. */
    private void leave(List<Channel> mine, Watcher watcher) {
        watchers.decrementAndGet();
        for (Channel channel : mine) {
            channel.leftAt = System.nanoTime();
            channel.watchers().remove(watcher);
        }
    }

    private void run() {
        while (!stopped) {
            try {
                boolean moved = work.tryAcquire(1, TimeUnit.SECONDS);
                work.drainPermits();
                long begun = System.nanoTime();
                synchronized (this) {
                    // Without news too: at midnight the calendar alone moves figures.
                    look();
                    beatAndForget();
                }
                Duration rest = rest(begun, System.nanoTime());
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
     * Looking at many or large breakdowns takes long; it shall not take more than a fifth of the time. What takes little may
     * come at once, several times one after the other.
     */
    private Duration rest(long begun, long ended) {
        owed = Math.max(0, owed - (begun - restedFrom)) + REST * (ended - begun);
        restedFrom = ended;
        return Duration.ofNanos(Math.max(0, owed - config.gather().toNanos()));
    }

    private void look() {
        if (channels.isEmpty()) {
            return;
        }
        Map<Channel, List<Numbered>> news = live.read(this::look);
        news.forEach((channel, changes) -> {
            for (Watcher watcher : List.copyOf(channel.watchers())) {
                changes.forEach(change -> watcher.offer(new Outgoing.Value(change.number(), change.change())));
            }
        });
    }

    private Map<Channel, List<Numbered>> look(Cut cut) {
        Map<Channel, List<Numbered>> news = new LinkedHashMap<>();
        PositionAnswer position = position(cut);
        Causes causes = new Causes(touches, reference.geography(), figures);
        for (Channel channel : List.copyOf(channels.values())) {
            for (Change change : looked(channel, cut, position, causes)) {
                Numbered numbered = new Numbered(++number, change);
                channel.remember(numbered);
                news.computeIfAbsent(channel, key -> new ArrayList<>()).add(numbered);
            }
        }
        touches.clear();
        return news;
    }

    /** A breakdown that cannot be looked at (it has grown too large, say) ends for its own watchers, for nobody else. */
    private List<Change> looked(Channel channel, Cut cut, PositionAnswer position, Causes causes) {
        try {
            return channel.look(cut, figures, position, causes);
        } catch (RuntimeException e) {
            LOG.warnf("The stream gives up %s: %s", channel.query().indicator().code(), e.getMessage());
            channels.values().remove(channel);
            List.copyOf(channel.watchers()).forEach(Watcher::complete);
            return List.of();
        }
    }

    private PositionAnswer position(Cut cut) {
        return new PositionAnswer(cut.positions().offsets(), clock.instant());
    }

    private void beatAndForget() {
        Set<Watcher> silent = new LinkedHashSet<>();
        channels.values()
                .forEach(channel -> channel.watchers().stream()
                        .filter(watcher ->
                                watcher.silentNanos() > config.heartbeat().toNanos())
                        .forEach(silent::add));
        silent.forEach(watcher -> watcher.offer(new Outgoing.Heartbeat()));
        long now = System.nanoTime();
        if (channels.values()
                .removeIf(channel -> channel.watchers().isEmpty()
                        && now - channel.leftAt > config.linger().toNanos())) {
            watched = watchedCodes();
        }
    }

    /** Of the counted figures behind all that is watched. */
    private Set<String> watchedCodes() {
        Set<String> codes = new HashSet<>();
        channels.values()
                .forEach(
                        channel -> channel.query().indicator().counted().forEach(counted -> codes.add(counted.code())));
        return Set.copyOf(codes);
    }
}
