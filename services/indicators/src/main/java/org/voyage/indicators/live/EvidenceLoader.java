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
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.live.LogPosition.PartitionPosition;

/**
 * Loader of the figures from a snapshot of the evidence, in batches; it reads one batch while it counts another.
 * Versions may arrive in any order, and in parallel parts. After {@code close} it counts nothing more, even if the
 * snapshot failed.
 */
public final class EvidenceLoader implements EvidenceSnapshot.EvidenceVisitor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EvidenceLoader.class);
    private static final int BATCH_FACTS = 5_000;
    private static final String EVIDENCE_TOPIC = "evidence";

    private final LiveFigures figures;
    private final FactReaderRegistry readers;
    private final ExecutorService countingThread = Executors.newSingleThreadExecutor();
    /** Newest unreadable version by key. */
    private final Map<String, LiveBatch.LiveBatchItem> unreadable;

    private List<LiveBatch.LiveBatchItem> items = new ArrayList<>();
    private Future<?> lastBatch = CompletableFuture.completedFuture(null);

    public EvidenceLoader(LiveFigures figures, FactReaderRegistry readers) {
        this(figures, readers, new ConcurrentHashMap<>());
    }

    private EvidenceLoader(
            LiveFigures figures, FactReaderRegistry readers, Map<String, LiveBatch.LiveBatchItem> unreadable) {
        this.figures = figures;
        this.readers = readers;
        this.unreadable = unreadable;
    }

    /** Returns a loader for another part of the same snapshot, for another thread. This loader must finish last. */
    public EvidenceLoader forOtherPart(FactReaderRegistry its) {
        return new EvidenceLoader(figures, its, unreadable);
    }

    @Override
    public void visitFact(String record, String key, int version, String change, byte @Nullable [] after) {
        try {
            var state = after == null ? null : readers.readerOf(record).readState(after);
            addItem(new LiveBatch.LiveBatchItem(
                    EVIDENCE_TOPIC, record, key, new FactEvent(record, key, version, change, state)));
        } catch (UnreadableEventException e) {
            // The version was readable when it was stored: since then a definition reads a field in another way.
            unreadable.merge(
                    record + " " + key,
                    new LiveBatch.LiveBatchItem(EVIDENCE_TOPIC, record, key, null, version),
                    (one, other) -> one.version() < other.version() ? other : one);
        }
    }

    @Override
    public void visitStale(String topic, String record, String key) {
        addItem(new LiveBatch.LiveBatchItem(topic, record, key, null));
    }

    @Override
    public void finish(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position) {
        Map<TopicPartition, PartitionPosition> positions = new HashMap<>();
        next.forEach((partition, offset) ->
                positions.put(partition, new PartitionPosition(offset, position.getOrDefault(partition, -1L))));
        countBatch(Map.of());
        // All versions are applied: the figures know of each key whether a newer version is readable.
        items.addAll(unreadable.values());
        unreadable.keySet().stream()
                .findFirst()
                .ifPresent(key -> LOG.warnf(
                        "%d facts have versions that are not readable any more, %s among them",
                        unreadable.size(), key));
        countBatch(positions);
        awaitCounted();
    }

    private void addItem(LiveBatch.LiveBatchItem item) {
        items.add(item);
        if (items.size() == BATCH_FACTS) {
            countBatch(Map.of());
        }
    }

    private void countBatch(Map<TopicPartition, PartitionPosition> positions) {
        awaitCounted();
        LiveBatch batch = new LiveBatch(items, positions);
        items = new ArrayList<>();
        lastBatch = countingThread.submit(() -> figures.applyBatch(batch));
    }

    private void awaitCounted() {
        try {
            lastBatch.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch of the evidence could not be counted", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the evidence was counted", e);
        }
    }

    @Override
    public void close() {
        countingThread.close();
    }
}
