package org.voyage.indicators.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceIngester;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.kit.log.LogFollower;
import org.voyage.kit.log.LogReader;
import org.voyage.kit.log.LogReaderFactory;

/**
 * Updater of the live figures: it fills them from the evidence once, then follows the log itself. Counting is deferred
 * until it has reached the end that the log had at the start.
 */
@ApplicationScoped
public class LiveFiguresUpdater {

    private static final Logger LOG = Logger.getLogger(LiveFiguresUpdater.class);

    /** One chunk is decoded and applied while others are fetched. */
    private static final int CHUNKS_AHEAD = 2;
    /** Maximum number of events of a chunk: the garbage collector copies the events in progress. */
    private static final int MAX_CHUNK_EVENTS = 2_000;

    private static final int EXIT_CODE_DAMAGED = 70;

    private final LiveFigures figures;
    private final EvidenceSnapshot evidence;
    private final EvidenceIngester evidenceReader;
    private final LogReaderFactory logs;
    private final RecordLayoutRegistry layouts;
    private final DictionaryRegistry dictionaries;
    private final LogFollower<LogReader.LogChunk> follower;
    private final Counter applied;
    private final LiveBatchDecoder batches;
    private final Event<FiguresReadyEvent> readyEvent;
    private boolean started;
    private long followingSince;
    private volatile @Nullable Map<TopicPartition, Long> endAtStart;
    private volatile boolean caughtUp;
    private volatile @Nullable String damage;
    private volatile Set<TopicPartition> followedPartitions = Set.of();
    private volatile Set<String> newFigures = Set.of();

    LiveFiguresUpdater(
            LiveFigures figures,
            EvidenceSnapshot evidence,
            EvidenceIngester evidenceReader,
            LogReaderFactory logs,
            RecordLayoutRegistry layouts,
            DictionaryRegistry dictionaries,
            Event<FiguresReadyEvent> serve,
            MeterRegistry metrics) {
        this.figures = figures;
        this.evidence = evidence;
        this.evidenceReader = evidenceReader;
        this.logs = logs;
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.readyEvent = serve;
        this.follower = new LogFollower<>("live", new LiveLogProcessor(), CHUNKS_AHEAD);
        this.applied = metrics.counter("voyage.indicators.events.applied");
        Counter unreadable = metrics.counter("voyage.indicators.events.unreadable");
        this.batches = new LiveBatchDecoder(layouts, dictionaries, unreadable::increment);
        metrics.gauge("voyage.indicators.live.lag", follower, LogFollower::readLagGauge);
        metrics.gauge("voyage.indicators.live.lag.seconds", follower, LogFollower::readLagSecondsGauge);
        metrics.gauge("voyage.indicators.stale.records", figures, LiveFigures::countStaleKeys);
    }

    void start(@Observes StartupEvent event) {
        figures.deferCounting();
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
    }

    /** Sets the figures that were missing, or had another definition, at the last start. */
    public void noteNewFigures(Set<String> codes) {
        newFigures = Set.copyOf(codes);
    }

    Set<String> newFigures() {
        return newFigures;
    }

    /** Returns whether the updater has reached the end that the log had at the start. */
    public boolean hasCaughtUp() {
        return caughtUp;
    }

    /**
     * Returns whether an event can ever arrive from a partition. An existing topic has all its partitions from the
     * beginning; a missing topic may still get any.
     */
    public boolean isExpected(TopicPartition from) {
        Set<TopicPartition> known = followedPartitions;
        return known.contains(from)
                || known.stream().noneMatch(other -> other.topic().equals(from.topic()));
    }

    /** Returns whether the figures can be served: they are whole, and the updater goes on. */
    boolean isWorking() {
        return damage == null && !follower.hasEnded();
    }

    /** Returns the reason why the updater makes no progress at the moment. */
    public Optional<String> failure() {
        return follower.failure();
    }

    public OptionalLong lag() {
        return follower.lag();
    }

    /** Returns how long ago every event of the log was applied; empty while that was never so. */
    Optional<Duration> timeSinceCaughtUp() {
        return follower.timeSinceCaughtUp();
    }

    private final class LiveLogProcessor implements LogFollower.LogProcessor<LogReader.LogChunk> {

        @Override
        public LogReader openReader() throws SQLException {
            if (damage != null) {
                throw new IllegalStateException(damage);
            }
            if (!started) {
                long begun = System.nanoTime();
                loadEvidence();
                started = true;
                LOG.infof(
                        "live figures start from the evidence, read in %d ms: %s",
                        elapsedMillis(begun), figures.factCounts());
            }
            LogPosition positions = figures.readView(FiguresView::positions);
            LogReader reader = logs.openReader(
                    partition -> positions.byPartition().containsKey(partition)
                            ? positions.positionOf(partition).offset()
                            : LogReader.FROM_BEGINNING,
                    MAX_CHUNK_EVENTS);
            followingSince = System.nanoTime();
            return reader;
        }

        @Override
        public LogReader.LogChunk processChunk(LogReader.LogChunk chunk, LogReader reader) {
            followedPartitions = reader.assigned();
            if (endAtStart == null) {
                endAtStart = reader.endOffsets();
            }
            return chunk;
        }

        @Override
        public void applyChunk(LogReader.LogChunk chunk) {
            if (!chunk.isEmpty()) {
                applyWholeBatch(batches.decode(chunk));
                applied.increment(chunk.messages().size());
            }
            if (!caughtUp && hasReachedEnd()) {
                figures.countAll();
                caughtUp = true;
                evidenceReader.resume();
                LOG.infof(
                        "live figures have reached the end of the log: %d events in %d ms",
                        (long) applied.count(), elapsedMillis(followingSince));
                readyEvent.fireAsync(new FiguresReadyEvent()).exceptionally(failure -> {
                    LOG.error("not everybody could go on with the figures", failure);
                    return null;
                });
            }
        }
    }

    /**
     * Applies a batch. A failure in the middle leaves figures that are partly changed. No repetition repairs them, so
     * the service ends; it counts again when it starts.
     */
    private void applyWholeBatch(LiveBatch batch) {
        try {
            figures.applyBatch(batch);
        } catch (RuntimeException | Error e) {
            damage = "The figures are damaged: " + e;
            LOG.fatalf(e, "the live figures are damaged, the service ends");
            Quarkus.asyncExit(EXIT_CODE_DAMAGED);
            throw e;
        }
    }

    private void loadEvidence() throws SQLException {
        try (EvidenceLoader first = new EvidenceLoader(figures, new FactReaderRegistry(layouts, dictionaries));
                EvidenceLoader second = first.forOtherPart(new FactReaderRegistry(layouts, dictionaries))) {
            evidence.readAll(List.of(first, second));
        }
    }

    private static long elapsedMillis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private boolean hasReachedEnd() {
        LogPosition positions = figures.readView(FiguresView::positions);
        for (Map.Entry<TopicPartition, Long> end :
                Objects.requireNonNull(endAtStart).entrySet()) {
            if (end.getValue() > 0 && positions.positionOf(end.getKey()).offset() < end.getValue()) {
                return false;
            }
        }
        return true;
    }
}
