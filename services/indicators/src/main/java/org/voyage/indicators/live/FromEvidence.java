package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Positions.Position;

/**
 * Fills the figures from a snapshot of the evidence, in batches; the next is read while one is counted. Versions may come in
 * any order, and in parts side by side. Once it is closed nothing is counted any more, also when the snapshot failed.
 */
public final class FromEvidence implements EvidenceSnapshot.Visitor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FromEvidence.class);
    private static final int BATCH = 5_000;
    private static final String EVIDENCE = "evidence";

    private final LiveFigures figures;
    private final FactReaders readers;
    private final ExecutorService counting = Executors.newSingleThreadExecutor();
    /** By key the newest version of those that cannot be read. */
    private final Map<String, LiveBatch.Item> unreadable;

    private List<LiveBatch.Item> items = new ArrayList<>();
    private Future<?> counted = CompletableFuture.completedFuture(null);

    public FromEvidence(LiveFigures figures, FactReaders readers) {
        this(figures, readers, new ConcurrentHashMap<>());
    }

    private FromEvidence(LiveFigures figures, FactReaders readers, Map<String, LiveBatch.Item> unreadable) {
        this.figures = figures;
        this.readers = readers;
        this.unreadable = unreadable;
    }

    /** For another part of the same snapshot, which another thread takes. This one is to end last. */
    public FromEvidence another(FactReaders its) {
        return new FromEvidence(figures, its, unreadable);
    }

    @Override
    public void fact(String record, String key, int version, String change, byte @Nullable [] after) {
        try {
            var state = after == null ? null : readers.of(record).readState(after);
            add(new LiveBatch.Item(EVIDENCE, record, key, new FactEvent(record, key, version, change, state)));
        } catch (UnreadableEvent e) {
            // It was readable when it was stored: a definition asks for a field in another way since then.
            unreadable.merge(
                    record + " " + key,
                    new LiveBatch.Item(EVIDENCE, record, key, null, version),
                    (one, other) -> one.version() < other.version() ? other : one);
        }
    }

    @Override
    public void stale(String topic, String record, String key) {
        add(new LiveBatch.Item(topic, record, key, null));
    }

    @Override
    public void end(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position) {
        Map<TopicPartition, Position> positions = new HashMap<>();
        next.forEach((partition, offset) ->
                positions.put(partition, new Position(offset, position.getOrDefault(partition, -1L))));
        count(Map.of());
        // Whether a newer version could be read is known now.
        items.addAll(unreadable.values());
        unreadable.keySet().stream()
                .findFirst()
                .ifPresent(key -> LOG.warnf(
                        "%d facts have versions that are not readable any more, %s among them",
                        unreadable.size(), key));
        count(positions);
        await();
    }

    private void add(LiveBatch.Item item) {
        items.add(item);
        if (items.size() == BATCH) {
            count(Map.of());
        }
    }

    private void count(Map<TopicPartition, Position> positions) {
        await();
        LiveBatch batch = new LiveBatch(items, positions);
        items = new ArrayList<>();
        counted = counting.submit(() -> figures.apply(batch));
    }

    private void await() {
        try {
            counted.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch of the evidence could not be counted", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the evidence was counted", e);
        }
    }

    @Override
    public void close() {
        counting.close();
    }
}
