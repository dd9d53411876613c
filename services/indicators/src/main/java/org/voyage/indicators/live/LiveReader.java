package org.voyage.indicators.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Follower;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.LogReaders;

/** Fills the figures from the evidence once, then follows the log by itself. */
@ApplicationScoped
public class LiveReader {

    private static final Logger LOG = Logger.getLogger(LiveReader.class);

    private final LiveFigures figures;
    private final EvidenceSnapshot evidence;
    private final LogReaders logs;
    private final FactReaders readers;
    private final Follower<Ahead> follower;
    private final Counter applied;
    private final Batches batches;
    private boolean started;
    private long following;
    private volatile @Nullable Map<TopicPartition, Long> awaited;
    private volatile boolean caughtUp;
    private volatile Set<TopicPartition> followed = Set.of();

    LiveReader(
            LiveFigures figures,
            EvidenceSnapshot evidence,
            LogReaders logs,
            Layouts layouts,
            Dictionaries dictionaries,
            IndicatorsConfig config,
            MeterRegistry metrics) {
        this.figures = figures;
        this.evidence = evidence;
        this.logs = logs;
        this.readers = new FactReaders(layouts, dictionaries);
        this.follower = new Follower<>("live", new Work(), config.poll(), config.retry());
        this.applied = metrics.counter("voyage.indicators.events.applied");
        Counter unreadable = metrics.counter("voyage.indicators.events.unreadable");
        this.batches = new Batches(readers, unreadable::increment);
        metrics.gauge("voyage.indicators.live.lag", follower, Follower::lag);
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
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

    public long lag() {
        return follower.lag();
    }

    private final class Work implements Follower.Work<Ahead> {

        @Override
        public LogReader open() throws SQLException {
            if (!started) {
                long begun = System.nanoTime();
                try (FromEvidence filling = new FromEvidence(figures, readers)) {
                    evidence.read(filling);
                }
                started = true;
                LOG.infof("live figures start from the evidence, read in %d ms: %s", since(begun), figures.facts());
            }
            Positions positions = figures.read(Cut::positions);
            following = System.nanoTime();
            return logs.open(partition -> positions.byPartition().containsKey(partition)
                    ? positions.at(partition).offset()
                    : LogReader.FROM_BEGINNING);
        }

        @Override
        public Ahead read(LogReader.Chunk chunk, LogReader reader) {
            followed = reader.assigned();
            if (awaited == null) {
                awaited = reader.ends();
            }
            return new Ahead(
                    chunk.isEmpty() ? null : batches.of(chunk),
                    chunk.deliveries().size());
        }

        @Override
        public void take(Ahead ahead) {
            if (ahead.batch != null) {
                figures.apply(ahead.batch);
                applied.increment(ahead.events);
            }
            if (!caughtUp && reachedEnd()) {
                caughtUp = true;
                LOG.infof(
                        "live figures have reached the end of the log: %d events in %d ms",
                        (long) applied.count(), since(following));
            }
        }
    }

    /** @param batch null when nothing came */
    private record Ahead(@Nullable LiveBatch batch, int events) {}

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
