package org.voyage.indicators.asof;

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
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.live.ChangeListener;
import org.voyage.indicators.live.FromEvidence;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.Geography;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/** Builds one figure as it was known at a moment, and keeps the last few. */
@ApplicationScoped
public class KnownFigures {

    private static final long WAIT_SECONDS = 20;

    private final PastEvidence evidence;
    private final Layouts serving;
    private final ReferenceThen reference;
    private final int kept;
    private final int keptFacts;
    private final Counter folded;
    private final ReentrantLock building = new ReentrantLock(true);
    private final ReentrantLock goingOn = new ReentrantLock(true);
    /** The one that was asked for longest ago comes first. Guarded by {@code building}. */
    private final Map<Key, LiveFigures> known = new LinkedHashMap<>(16, 0.75f, true);

    KnownFigures(
            PastEvidence evidence,
            Layouts serving,
            ReferenceThen reference,
            IndicatorsConfig config,
            MeterRegistry metrics) {
        this.evidence = evidence;
        this.serving = serving;
        this.reference = reference;
        this.kept = config.asOf().kept();
        this.keptFacts = config.asOf().keptFacts();
        this.folded = metrics.counter("voyage.indicators.figures.folded");
    }

    /**
     * What decides a figure: its definition, its records, and the regions of the countries, which a definition may look at. Two
     * moments between which nothing came to them are one.
     */
    private record Key(Figure figure, Map<TopicPartition, Long> next, Geography geography) {}

    /**
     * The figure as it was known; nothing is to be applied to it.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read, or others wait for theirs
     */
    public LiveFigures of(Figure indicator, Horizon horizon) {
        Horizon own = own(indicator, horizon);
        Geography geography = reference.geographyAt(horizon.moment());
        Key key = new Key(indicator, own.next(), geography);
        return alone(building, () -> {
            LiveFigures figures = known.get(key);
            if (figures == null) {
                figures = build(indicator, own, geography, List.of()).figures();
                known.put(key, figures);
                forget();
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
    public <T> T goOnFrom(Figure indicator, Horizon horizon, Horizon to, ChangeListener listener, Further<T> work) {
        Geography geography = reference.geographyAt(to.moment());
        return alone(goingOn, () -> {
            Private own =
                    alone(building, () -> build(indicator, own(indicator, horizon), geography, List.of(listener)));
            return work.go(own);
        });
    }

    /**
     * The figure as it was known, built apart from all others and not kept: it may be one that does not serve.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read
     */
    public LiveFigures apart(Figure indicator, Horizon horizon) {
        try {
            Geography geography = reference.geographyAt(horizon.moment());
            return build(indicator, own(indicator, horizon), geography, List.of())
                    .figures();
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** What is done with figures of one question alone. */
    public interface Further<T> {
        T go(Private own);
    }

    /** Figures of one question alone, and what reads states for them. */
    public record Private(LiveFigures figures, FactReaders readers) {}

    /** Forgets all that was built: the evidence was mended. */
    public void forgetAll() {
        building.lock();
        try {
            known.clear();
        } finally {
            building.unlock();
        }
    }

    /** What was known of the records that a figure is made of. */
    public static Horizon own(Figure indicator, Horizon horizon) {
        return horizon.of(topics(indicator));
    }

    /** The topics of the records that a figure is made of. */
    public static Predicate<String> topics(Figure indicator) {
        return topic -> indicator.records().contains(topic.substring(topic.indexOf('.') + 1));
    }

    private Private build(Figure indicator, Horizon horizon, Geography geography, List<ChangeListener> listeners) {
        Catalogue catalogue = new Catalogue(indicator.counted());
        Layouts layouts = new Layouts(catalogue, indicator.records(), serving);
        Dictionaries dictionaries = new Dictionaries();
        LiveFigures figures = new LiveFigures(catalogue, layouts, dictionaries, geography);
        listeners.forEach(figures::listen);
        FactReaders readers = new FactReaders(layouts, dictionaries);
        try (FromEvidence filling = new FromEvidence(figures, readers)) {
            evidence.read(horizon, indicator.records(), filling);
        }
        folded.increment();
        return new Private(figures, readers);
    }

    private void forget() {
        List<Integer> sizes = new ArrayList<>();
        for (LiveFigures figures : known.values()) {
            sizes.add(figures.facts().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum());
        }
        int facts = sizes.stream().mapToInt(Integer::intValue).sum();
        Iterator<LiveFigures> oldest = known.values().iterator();
        for (int i = 0; i < sizes.size() - 1 && (facts > keptFacts || sizes.size() - i > kept); i++) {
            oldest.next();
            oldest.remove();
            facts -= sizes.get(i);
        }
    }

    /** One at a time: each may hold many facts, and PostgreSQL has better things to do. */
    private static <T> T alone(ReentrantLock lock, Supplier<T> work) {
        try {
            if (!lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
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
