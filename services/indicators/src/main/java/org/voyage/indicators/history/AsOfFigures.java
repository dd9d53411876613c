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
import org.voyage.indicators.config.IndicatorsConfig;
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

/** Builds one figure as it was known at a moment, and keeps the last few. */
@ApplicationScoped
public class AsOfFigures {

    private static final long LOCK_WAIT_SECONDS = 20;

    private final EvidenceHistory evidence;
    private final RecordLayoutRegistry servingLayouts;
    private final ReferenceHistory reference;
    private final int maxFigures;
    private final int maxFacts;
    private final Counter foldedCounter;
    private final ReentrantLock buildLock = new ReentrantLock(true);
    private final ReentrantLock replayLock = new ReentrantLock(true);
    /** The one that was asked for longest ago comes first. Guarded by {@code building}. */
    private final Map<AsOfFigureKey, LiveFigures> cache = new LinkedHashMap<>(16, 0.75f, true);

    AsOfFigures(
            EvidenceHistory evidence,
            RecordLayoutRegistry serving,
            ReferenceHistory reference,
            IndicatorsConfig config,
            MeterRegistry metrics) {
        this.evidence = evidence;
        this.servingLayouts = serving;
        this.reference = reference;
        this.maxFigures = config.asOf().kept();
        this.maxFacts = config.asOf().keptFacts();
        this.foldedCounter = metrics.counter("voyage.indicators.figures.folded");
    }

    /**
     * What decides a figure: its definition, its records, and the regions of the countries, which a definition may look at. Two
     * moments between which nothing came to them are one.
     */
    private record AsOfFigureKey(Figure figure, Map<TopicPartition, Long> nextOffsets, Geography geography) {}

    /**
     * The figure as it was known; nothing is to be applied to it.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read, or others wait for theirs
     */
    public LiveFigures figureAt(Figure indicator, Checkpoint horizon) {
        Checkpoint own = restrictToFigure(indicator, horizon);
        Geography geography = reference.geographyAt(horizon.time());
        AsOfFigureKey key = new AsOfFigureKey(indicator, own.nextOffsets(), geography);
        return runExclusively(buildLock, () -> {
            LiveFigures figures = cache.get(key);
            if (figures == null) {
                figures = buildFigure(indicator, own, geography, List.of()).figures();
                cache.put(key, figures);
                evictOldest();
            }
            return figures;
        });
    }

    /**
     * The figure as it was known, to go on from: the work applies what follows, and the listener is told. One goes on at a
     * time, beside those who look at what was known.
     *
     * @param to where the work goes; the regions of countries are those of then
     * @throws Refusal.Unavailable when the evidence cannot be read, or others wait for theirs
     */
    public <T> T replayFrom(
            Figure indicator, Checkpoint horizon, Checkpoint to, CellChangeListener listener, ReplayTask<T> work) {
        Geography geography = reference.geographyAt(to.time());
        return runExclusively(replayLock, () -> {
            PrivateFigures own = runExclusively(
                    buildLock,
                    () -> buildFigure(indicator, restrictToFigure(indicator, horizon), geography, List.of(listener)));
            return work.replay(own);
        });
    }

    /**
     * The figure as it was known, built apart from all others and not kept: it may be one that does not serve.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read
     */
    public LiveFigures buildUncached(Figure indicator, Checkpoint horizon) {
        try {
            Geography geography = reference.geographyAt(horizon.time());
            return buildFigure(indicator, restrictToFigure(indicator, horizon), geography, List.of())
                    .figures();
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** What is done with figures of one question alone. */
    public interface ReplayTask<T> {
        T replay(PrivateFigures own);
    }

    /** Figures of one question alone, and what reads states for them. */
    public record PrivateFigures(LiveFigures figures, FactReaderRegistry readers) {}

    /** Forgets all that was built: the evidence was mended. */
    public void clearCache() {
        buildLock.lock();
        try {
            cache.clear();
        } finally {
            buildLock.unlock();
        }
    }

    /** What was known of the records that a figure is made of. */
    public static Checkpoint restrictToFigure(Figure indicator, Checkpoint horizon) {
        return horizon.restrictTo(topicsOf(indicator));
    }

    /** The topics of the records that a figure is made of. */
    public static Predicate<String> topicsOf(Figure indicator) {
        return topic -> indicator.records().contains(topic.substring(topic.indexOf('.') + 1));
    }

    private PrivateFigures buildFigure(
            Figure indicator, Checkpoint horizon, Geography geography, List<CellChangeListener> listeners) {
        FigureCatalogue catalogue = new FigureCatalogue(indicator.countedFigures());
        RecordLayoutRegistry layouts = new RecordLayoutRegistry(catalogue, indicator.records(), servingLayouts);
        DictionaryRegistry dictionaries = new DictionaryRegistry();
        LiveFigures figures = new LiveFigures(catalogue, layouts, dictionaries, geography);
        listeners.forEach(figures::addListener);
        FactReaderRegistry readers = new FactReaderRegistry(layouts, dictionaries);
        try (EvidenceLoader filling = new EvidenceLoader(figures, readers)) {
            evidence.forEachNewest(horizon, indicator.records(), filling);
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
        for (int i = 0; i < sizes.size() - 1 && (facts > maxFacts || sizes.size() - i > maxFigures); i++) {
            oldest.next();
            oldest.remove();
            facts -= sizes.get(i);
        }
    }

    /** One at a time: each may hold many facts, and PostgreSQL has better things to do. */
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
