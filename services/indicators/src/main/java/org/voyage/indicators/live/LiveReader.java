package org.voyage.indicators.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
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
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.EvidenceReader;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Follower;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.LogReaders;

/**
 * Fills the figures from the evidence once, then follows the log by itself. Until it has reached the end that the log had at
 * the start facts are held and nothing is counted; then figures count them.
 */
@ApplicationScoped
public class LiveReader {

    private static final Logger LOG = Logger.getLogger(LiveReader.class);

    /** One chunk is taken, one is read and one is fetched, each without waiting for the other. */
    private static final int AHEAD = 2;
    /** Events of a chunk: the collector copies those that are on their way. */
    private static final int CHUNK = 500;

    private final LiveFigures figures;
    private final EvidenceSnapshot evidence;
    private final EvidenceReader evidenceReader;
    private final LogReaders logs;
    private final Layouts layouts;
    private final Dictionaries dictionaries;
    private final Follower<LiveBatch> follower;
    private final Counter applied;
    private final Batches batches;
    private final Event<FiguresServe> serve;
    private boolean started;
    private long following;
    private volatile @Nullable Map<TopicPartition, Long> awaited;
    private volatile boolean caughtUp;
    private volatile Set<TopicPartition> followed = Set.of();
    private volatile Set<String> newFigures = Set.of();

    LiveReader(
            LiveFigures figures,
            EvidenceSnapshot evidence,
            EvidenceReader evidenceReader,
            LogReaders logs,
            Layouts layouts,
            Dictionaries dictionaries,
            IndicatorsConfig config,
            Event<FiguresServe> serve,
            MeterRegistry metrics) {
        this.figures = figures;
        this.evidence = evidence;
        this.evidenceReader = evidenceReader;
        this.logs = logs;
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.serve = serve;
        this.follower = new Follower<>("live", new Work(), config.poll(), config.retry(), AHEAD);
        this.applied = metrics.counter("voyage.indicators.events.applied");
        Counter unreadable = metrics.counter("voyage.indicators.events.unreadable");
        this.batches = new Batches(layouts, dictionaries, unreadable::increment);
        metrics.gauge("voyage.indicators.live.lag", this, reader -> Follower.lag(List.of(reader.follower)));
    }

    void start(@Observes StartupEvent event) {
        figures.holdBack();
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
    }

    /** Names the figures that were not there, or were defined otherwise, at the last start. */
    public void noteNewFigures(Set<String> codes) {
        newFigures = Set.copyOf(codes);
    }

    Set<String> newFigures() {
        return newFigures;
    }

    /** Whether it has once reached the end that the log had when it started. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /**
     * Whether an event can ever come from there: a topic that exists has all its partitions from the beginning, one that
     * does not exist yet may still get any.
     */
    public boolean canCome(TopicPartition from) {
        Set<TopicPartition> known = followed;
        return known.contains(from)
                || known.stream().noneMatch(other -> other.topic().equals(from.topic()));
    }

    /** Why it does not get on at the moment. */
    public Optional<String> failure() {
        return follower.failure();
    }

    public OptionalLong lag() {
        return follower.lag();
    }

    private final class Work implements Follower.Work<LiveBatch> {

        @Override
        public LogReader open() throws SQLException {
            if (!started) {
                long begun = System.nanoTime();
                fill();
                started = true;
                LOG.infof("live figures start from the evidence, read in %d ms: %s", since(begun), figures.facts());
            }
            Positions positions = figures.read(Cut::positions);
            LogReader reader = logs.open(
                    partition -> positions.byPartition().containsKey(partition)
                            ? positions.at(partition).offset()
                            : LogReader.FROM_BEGINNING,
                    CHUNK);
            following = System.nanoTime();
            return reader;
        }

        @Override
        public LiveBatch read(LogReader.Chunk chunk, LogReader reader) {
            followed = reader.assigned();
            if (awaited == null) {
                awaited = reader.ends();
            }
            return batches.of(chunk);
        }

        @Override
        public void take(LiveBatch batch) {
            if (!batch.positions().isEmpty()) {
                figures.apply(batch);
                applied.increment(batch.items().size());
            }
            if (!caughtUp && reachedEnd()) {
                figures.countAll();
                caughtUp = true;
                evidenceReader.goOn();
                LOG.infof(
                        "live figures have reached the end of the log: %d events in %d ms",
                        (long) applied.count(), since(following));
                serve.fireAsync(new FiguresServe()).exceptionally(failure -> {
                    LOG.error("not everybody could go on with the figures", failure);
                    return null;
                });
            }
        }
    }

    private void fill() throws SQLException {
        try (FromEvidence first = new FromEvidence(figures, new FactReaders(layouts, dictionaries));
                FromEvidence second = first.another(new FactReaders(layouts, dictionaries))) {
            evidence.read(List.of(first, second));
        }
    }

    private static long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private boolean reachedEnd() {
        Positions positions = figures.read(Cut::positions);
        for (Map.Entry<TopicPartition, Long> end :
                Objects.requireNonNull(awaited).entrySet()) {
            if (end.getValue() > 0 && positions.at(end.getKey()).offset() < end.getValue()) {
                return false;
            }
        }
        return true;
    }
}
