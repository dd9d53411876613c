package org.voyage.indicators.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Follower;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.LogReaders;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Positions.Position;

/** Fills the figures from the evidence once, then follows the log by itself. */
@ApplicationScoped
public class LiveReader {

    private static final Logger LOG = Logger.getLogger(LiveReader.class);

    private final LiveFigures figures;
    private final EvidenceSnapshot evidence;
    private final LogReaders logs;
    private final FactReaders readers;
    private final Follower follower;
    private final Counter applied;
    private final Counter unreadable;
    private boolean started;
    private @Nullable Map<TopicPartition, Long> awaited;
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
        this.follower = new Follower("live", new Work(), config.poll(), config.retry());
        this.applied = metrics.counter("voyage.indicators.events.applied");
        this.unreadable = metrics.counter("voyage.indicators.events.unreadable");
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

    private final class Work implements Follower.Work {

        @Override
        public LogReader open() throws SQLException {
            if (!started) {
                evidence.read(new FromEvidence(figures, readers));
                started = true;
                LOG.infof("live figures start from the evidence: %s", figures.facts());
            }
            Positions positions = figures.read(Cut::positions);
            return logs.open(partition -> positions.byPartition().containsKey(partition)
                    ? positions.at(partition).offset()
                    : LogReader.FROM_BEGINNING);
        }

        @Override
        public void take(LogReader.Chunk chunk, LogReader reader) {
            followed = reader.assigned();
            if (!chunk.isEmpty()) {
                figures.apply(batch(chunk));
                applied.increment(chunk.deliveries().size());
            }
            if (!caughtUp) {
                caughtUp = reachedEnd(reader);
            }
        }
    }

    private boolean reachedEnd(LogReader reader) {
        if (awaited == null) {
            awaited = reader.ends();
        }
        Positions positions = figures.read(Cut::positions);
        for (Map.Entry<TopicPartition, Long> end : awaited.entrySet()) {
            if (end.getValue() > 0 && positions.at(end.getKey()).offset() < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    private LiveBatch batch(LogReader.Chunk chunk) {
        List<LiveBatch.Item> items = new ArrayList<>(chunk.deliveries().size());
        Map<TopicPartition, Position> positions = new HashMap<>();
        chunk.next().forEach((partition, offset) -> positions.put(partition, new Position(offset, -1)));
        for (Delivery delivery : chunk.deliveries()) {
            var message = delivery.message();
            positions.computeIfPresent(
                    new TopicPartition(message.topic(), message.partition()),
                    (partition, position) -> delivery.position() <= position.outbox()
                            ? position
                            : new Position(position.offset(), delivery.position()));
            add(items, delivery);
        }
        return new LiveBatch(items, positions);
    }

    private void add(List<LiveBatch.Item> items, Delivery delivery) {
        var message = delivery.message();
        try {
            items.add(new LiveBatch.Item(
                    message.topic(),
                    delivery.record(),
                    message.key(),
                    readers.of(delivery.record()).read(message.key(), message.value())));
        } catch (UnreadableEvent e) {
            unreadable.increment();
            LOG.warnf(
                    "unreadable event at %s-%d@%d: %s",
                    message.topic(), message.partition(), message.offset(), e.reason());
            if (message.key() != null) {
                items.add(new LiveBatch.Item(message.topic(), delivery.record(), message.key(), null));
            }
        }
    }
}
