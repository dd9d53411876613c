package org.voyage.indicators.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.live.CellChangeListener;
import org.voyage.indicators.live.EvidenceLoader;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.Geography;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/** Builder and cache of figures as they were known at a point in time. */
@ApplicationScoped
public class AsOfFigures {

    /** Figures in the cache; an entry is one figure at one point in time. */
    private static final int MAX_FIGURES = 8;
    /** Facts that all cached figures hold together, and that one figure outside the cache may have. */
    public static final int MAX_FACTS = 2_000_000;

    private static final long LOCK_WAIT_SECONDS = 20;

    private final EvidenceHistory evidence;
    private final RecordLayoutRegistry servingLayouts;
    private final ReferenceHistory reference;
    private final Counter foldedCounter;
    private final ReentrantLock buildLock = new ReentrantLock(true);
    private final ReentrantLock replayLock = new ReentrantLock(true);
    /** Cached figures, the least recently used first. Guarded by {@code buildLock}. */
    private final Map<AsOfFigureKey, LiveFigures> cache = new LinkedHashMap<>(16, 0.75f, true);

    AsOfFigures(
            EvidenceHistory evidence, RecordLayoutRegistry serving, ReferenceHistory reference, MeterRegistry metrics) {
        this.evidence = evidence;
        this.servingLayouts = serving;
        this.reference = reference;
        this.foldedCounter = metrics.counter("voyage.indicators.figures.folded");
    }

    /**
     * Key of a cached figure: its definition, its records, and the regions of the countries, which a definition may
     * use. Two points in time without a change of these share one key.
     */
    private record AsOfFigureKey(Figure figure, Map<TopicPartition, Long> nextOffsets, Geography geography) {}

    /**
     * Returns the figure as it was known. The caller must not apply events to it.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read, or other queries hold the lock
     */
    public LiveFigures figureAt(Figure figure, Checkpoint checkpoint) {
        Checkpoint own = restrictToFigure(figure, checkpoint);
        Geography geography = reference.geographyAt(checkpoint.time());
        AsOfFigureKey key = new AsOfFigureKey(figure, own.nextOffsets(), geography);
        return runExclusively(buildLock, () -> {
            LiveFigures figures = cache.get(key);
            if (figures == null) {
                figures = buildFigure(figure, own, geography, List.of()).figures();
                cache.put(key, figures);
                evictOldest();
            }
            return figures;
        });
    }

    /**
     * Builds the figure as it was known and replays later events on it: the task applies the events, and the listener
     * receives the changes. One replay runs at a time, in parallel with reads of past figures.
     *
     * @param to end of the replay; the regions of countries are those of this time
     * @throws Refusal.Unavailable when the evidence cannot be read, or other queries hold the lock
     */
    public <T> T replayFrom(
            Figure figure, Checkpoint checkpoint, Checkpoint to, CellChangeListener listener, ReplayTask<T> work) {
        Geography geography = reference.geographyAt(to.time());
        return runExclusively(replayLock, () -> {
            PrivateFigures own = runExclusively(
                    buildLock,
                    () -> buildFigure(figure, restrictToFigure(figure, checkpoint), geography, List.of(listener)));
            return work.replay(own);
        });
    }

    /**
     * Builds the figure as it was known, independent of all others and without caching: its definition may differ from
     * the current one.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read
     */
    public LiveFigures buildUncached(Figure figure, Checkpoint checkpoint) {
        try {
            Geography geography = reference.geographyAt(checkpoint.time());
            return buildFigure(figure, restrictToFigure(figure, checkpoint), geography, List.of())
                    .figures();
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** Task on figures of one query. */
    public interface ReplayTask<T> {
        T replay(PrivateFigures own);
    }

    /** Figures of one query, and the readers of their states. */
    public record PrivateFigures(LiveFigures figures, FactReaderRegistry readers) {}

    /** Clears the cache after a repair of the evidence. */
    public void clearCache() {
        buildLock.lock();
        try {
            cache.clear();
        } finally {
            buildLock.unlock();
        }
    }

    /** Restricts a checkpoint to the records of a figure. */
    public static Checkpoint restrictToFigure(Figure figure, Checkpoint checkpoint) {
        return checkpoint.restrictTo(topicsOf(figure));
    }

    /** Returns a filter of the topics of a figure's records. */
    public static Predicate<String> topicsOf(Figure figure) {
        return topic -> figure.records().contains(topic.substring(topic.indexOf('.') + 1));
    }

    private PrivateFigures buildFigure(
            Figure figure, Checkpoint checkpoint, Geography geography, List<CellChangeListener> listeners) {
        FigureCatalogue catalogue = new FigureCatalogue(figure.countedFigures());
        RecordLayoutRegistry layouts = new RecordLayoutRegistry(catalogue, figure.records(), servingLayouts);
        DictionaryRegistry dictionaries = new DictionaryRegistry();
        LiveFigures figures = new LiveFigures(catalogue, layouts, dictionaries, geography);
        listeners.forEach(figures::addListener);
        FactReaderRegistry readers = new FactReaderRegistry(layouts, dictionaries);
        try (EvidenceLoader filling = new EvidenceLoader(figures, readers)) {
            evidence.forEachNewest(checkpoint, figure.records(), filling);
        }
        foldedCounter.increment();
        return new PrivateFigures(figures, readers);
    }

    private void evictOldest() {
        List<Integer> sizes = new ArrayList<>();
        for (LiveFigures figures : cache.values()) {
            sizes.add(figures.factCounts().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum());
        }
        int facts = sizes.stream().mapToInt(Integer::intValue).sum();
        Iterator<LiveFigures> oldest = cache.values().iterator();
        for (int i = 0; i < sizes.size() - 1 && (facts > MAX_FACTS || sizes.size() - i > MAX_FIGURES); i++) {
            oldest.next();
            oldest.remove();
            facts -= sizes.get(i);
        }
    }

    /** Runs one task at a time: each may hold many facts, and PostgreSQL has other work. */
    private static <T> T runExclusively(ReentrantLock lock, Supplier<T> work) {
        try {
            if (!lock.tryLock(LOCK_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal.Unavailable(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(5);
        }
        try {
            return work.get();
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        } finally {
            lock.unlock();
        }
    }
}
