package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.cube.RollUpCache;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.FieldSlot;
import org.voyage.indicators.fact.RecordLayout;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.log.VersionOrder;
import org.voyage.indicators.reference.Geography;

/**
 * All figures in memory. One thread applies batches; a reader sees whole batches only, across all figures. The fold
 * ignores events that are not newer than the current version of a key, so repeated and late events change nothing.
 *
 * <p>Counting may be deferred: then batches only store facts, and {@link #countAll} counts them (ADR 21).
 */
public final class LiveFigures {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Condition positionMoved = lock.writeLock().newCondition();
    private final RecordLayoutRegistry layouts;
    private final DictionaryRegistry dictionaries;
    private final Geography geography;
    private final RollUpCache.RollUpLimits limits;
    private final Map<String, FigureAggregator> tallies = new TreeMap<>();
    private final Map<String, FactTable> tables = new LinkedHashMap<>();
    private final List<CellChangeListener> listeners = new ArrayList<>();
    private LogPosition positions = LogPosition.EMPTY;

    public LiveFigures(
            FigureCatalogue catalogue,
            RecordLayoutRegistry layouts,
            DictionaryRegistry dictionaries,
            Geography geography) {
        this(catalogue, layouts, dictionaries, geography, RollUpCache.RollUpLimits.DEFAULT);
    }

    public LiveFigures(
            FigureCatalogue catalogue,
            RecordLayoutRegistry layouts,
            DictionaryRegistry dictionaries,
            Geography geography,
            RollUpCache.RollUpLimits limits) {
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.geography = geography;
        this.limits = limits;
        CodeDictionary provinces = dictionaries.dictionaryOf("province");
        for (RecordLayout layout : layouts.all()) {
            tables.put(
                    layout.record(),
                    new FactTable(provinces, layout.linkCount(), layouts.yearFieldOf(layout.record())));
        }
        Map<String, String> links = new LinkedHashMap<>();
        for (CountedFigure figure : catalogue.countedFigures()) {
            FigureAggregator aggregator =
                    new FigureAggregator(figure, layouts, dictionaries, geography, width -> new Cube(width, limits));
            tallies.put(figure.code(), aggregator);
            FactTable table = requireTable(figure.record());
            table.addFigure(aggregator);
            figure.joins().forEach((field, joined) -> {
                String known = links.put(figure.record() + "." + field, joined);
                if (known == null) {
                    table.setLink(slotOf(layouts, figure.record(), field), requireTable(joined));
                } else if (!known.equals(joined)) {
                    throw new InvalidDefinitionException(
                            figure,
                            "join." + field,
                            field + " leads to " + known + " elsewhere",
                            "在其他指标中 " + field + " 关联到 " + known);
                }
            });
        }
    }

    /**
     * Defers counting: facts are stored and no figure counts them before {@link #countAll}. Must not be called after
     * the first batch.
     */
    public void deferCounting() {
        lock.writeLock().lock();
        try {
            tallies.values().forEach(FigureAggregator::deferCounting);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Counts all facts for the figures with deferred counting, each figure by itself, on all processors. */
    public void countAll() {
        lock.writeLock().lock();
        try {
            tallies.values().parallelStream()
                    .forEach(aggregator -> aggregator.countAll(
                            requireTable(aggregator.indicator().record()).facts()));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Adds a listener. Must not be called after the first batch. */
    public void addListener(CellChangeListener listener) {
        listeners.add(listener);
    }

    /** Applies a batch atomically for all readers. */
    public void applyBatch(LiveBatch batch) {
        BatchApplication applying = new BatchApplication();
        lock.writeLock().lock();
        try {
            batch.items().forEach(applying::applyItem);
            positions = positions.advanceTo(batch.positions());
            positionMoved.signalAll();
        } finally {
            lock.writeLock().unlock();
        }
        // Only now: the signal wakes threads that read.
        listeners.forEach(CellChangeListener::onBatchApplied);
    }

    /** Reads several figures at one point in time. */
    public <T> T readView(Function<FiguresView, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(currentView());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Returns a permanent view of all current figures, without the facts. No thread waits for a copy: the next change
     * of a figure copies its amounts only.
     */
    public FiguresView freezeView() {
        lock.readLock().lock();
        try {
            return copyFrozen(RollUpCache.RollUpLimits.NO_ROLL_UPS);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns a frozen view. The caller holds the read lock. */
    private FiguresView copyFrozen(RollUpCache.RollUpLimits limits) {
        Map<String, FigureAggregator> frozen = new TreeMap<>();
        currentView()
                .completeFigures()
                .forEach(aggregator -> frozen.put(
                        aggregator.indicator().code(),
                        withCube(aggregator, dictionaries, aggregator.cube().freeze(limits))));
        return new FiguresView(frozen, Map.of(), dictionaries, positions);
    }

    /** Returns the same figure with other cells. */
    private FigureAggregator withCube(FigureAggregator aggregator, DictionaryRegistry codes, Cube cells) {
        return new FigureAggregator(aggregator.indicator(), layouts, codes, geography, _ -> cells);
    }

    private FiguresView currentView() {
        return new FiguresView(tallies, tables, dictionaries, positions);
    }

    /**
     * Compares the current figures with hypothetical ones, in which some facts differ. The live figures are unchanged,
     * and hypothetical codes leave no trace. Both views are of one point in time and do not change. The lock is held
     * only until the hypothetical facts are known, not during the comparison.
     *
     * @param changes reads the hypothetical facts, versions do not matter; called again when new codes arrived in the
     *     meantime
     * @param question receives the current and the hypothetical view
     */
    public <T> T compareHypothetical(
            Function<FactReaderRegistry, List<FactEvent>> changes, BiFunction<FiguresView, FiguresView, T> question) {
        Map<String, Integer> known = dictionaries.sizesByField();
        HypotheticalEvents wanted = prepareEvents(changes);
        return compareWhen(
                        _ -> true,
                        () -> dictionaries.sizesByField().equals(known) ? wanted : prepareEvents(changes),
                        question)
                .orElseThrow();
    }

    /**
     * Compares as {@link #compareHypothetical}, if the figures have the expected position.
     *
     * @param changes called under the lock, if they have
     * @return empty when they have another position
     */
    public <T> Optional<T> compareHypotheticalAt(
            Predicate<LogPosition> expected,
            Function<FactReaderRegistry, List<FactEvent>> changes,
            BiFunction<FiguresView, FiguresView, T> question) {
        return compareWhen(expected, () -> prepareEvents(changes), question);
    }

    /** Hypothetical facts, and the numbers of their codes. */
    private record HypotheticalEvents(DictionaryRegistry codes, List<FactEvent> facts) {}

    private HypotheticalEvents prepareEvents(Function<FactReaderRegistry, List<FactEvent>> changes) {
        DictionaryRegistry codes = dictionaries.copy();
        return new HypotheticalEvents(codes, changes.apply(new FactReaderRegistry(layouts, codes)));
    }

    private <T> Optional<T> compareWhen(
            Predicate<LogPosition> expected,
            Supplier<HypotheticalEvents> changes,
            BiFunction<FiguresView, FiguresView, T> question) {
        FiguresView now;
        DictionaryRegistry codes;
        HypotheticalFacts imagined;
        lock.readLock().lock();
        try {
            if (!expected.test(positions)) {
                return Optional.empty();
            }
            HypotheticalEvents wanted = changes.get();
            codes = wanted.codes();
            imagined = new HypotheticalFacts(tables, codes);
            wanted.facts().forEach(imagined::changeFact);
            imagined.detach();
            now = copyFrozen(limits);
        } finally {
            lock.readLock().unlock();
        }
        return Optional.of(question.apply(now, hypotheticalView(now, imagined, codes)));
    }

    private FiguresView hypotheticalView(FiguresView now, HypotheticalFacts imagined, DictionaryRegistry codes) {
        Map<String, FigureAggregator> then = new TreeMap<>();
        now.completeFigures()
                .forEach(aggregator -> then.put(aggregator.indicator().code(), aggregator));
        Map<String, Set<String>> moved = new TreeMap<>();
        Map<String, CubeDelta> shifts = imagined.computeDeltas(
                now.completeFigures(),
                aggregator -> withCube(
                        aggregator,
                        codes,
                        new Cube(aggregator.newCoordinates().length, RollUpCache.RollUpLimits.NO_ROLL_UPS)));
        shifts.forEach((code, shift) -> {
            FigureAggregator aggregator = now.requireWhole(code);
            then.put(
                    code,
                    withCube(
                            aggregator,
                            codes,
                            aggregator.cube().withDelta(shift.tally().cube())));
            moved.put(code, shift.movedFields());
        });
        return new FiguresView(then, Map.of(), codes, now.positions(), moved);
    }

    /**
     * Replaces these figures with others that were counted in parallel, with the same definitions and dictionaries. The
     * others must hold every event that these hold. A reader sees all of the old or all of the new figures. The caller
     * must not use the others afterwards.
     *
     * @return false when the others are behind; then nothing has changed
     */
    public boolean replaceWith(LiveFigures others) {
        lock.writeLock().lock();
        try {
            if (!others.positions.includes(positions)) {
                return false;
            }
            tallies.putAll(others.tallies);
            tables.putAll(others.tables);
            positions = others.positions;
            positionMoved.signalAll();
        } finally {
            lock.writeLock().unlock();
        }
        listeners.forEach(CellChangeListener::onBatchApplied);
        return true;
    }

    /** Waits until the condition on the positions holds; returns false after the timeout. */
    public boolean awaitPosition(Function<LogPosition, Boolean> condition, long timeout, TimeUnit unit)
            throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        lock.writeLock().lockInterruptibly();
        try {
            BooleanSupplier met = () -> condition.apply(positions);
            while (!met.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = positionMoved.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns keys whose newest version is unreadable, as {@code record key}. */
    public Set<String> staleKeys() {
        return readView(view -> {
            Set<String> keys = new TreeSet<>();
            tables.forEach(
                    (record, table) -> new HashSet<>(table.staleKeys()).forEach(key -> keys.add(record + " " + key)));
            return keys;
        });
    }

    /** Returns the number of {@link #staleKeys()}; empty if an event is being applied. Never waits. */
    OptionalInt tryCountStaleKeys() {
        if (!lock.readLock().tryLock()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(tables.values().stream()
                    .mapToInt(table -> table.staleKeys().size())
                    .sum());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns the number of facts of each record type. */
    public Map<String, Integer> factCounts() {
        return readView(view -> {
            Map<String, Integer> sizes = new TreeMap<>();
            tables.forEach((record, table) -> sizes.put(record, table.size()));
            return sizes;
        });
    }

    private FactTable requireTable(String record) {
        FactTable table = tables.get(record);
        if (table == null) {
            throw new IllegalStateException("no table for " + record);
        }
        return table;
    }

    private static int slotOf(RecordLayoutRegistry layouts, String record, String field) {
        RecordLayout layout = layouts.layoutOf(record);
        FieldSlot slot = layout == null ? null : layout.findSlot(field);
        if (slot == null) {
            throw new IllegalStateException(record + " has no " + field);
        }
        return slot.index();
    }

    /** Application of one batch, item by item; it reports each moved cell to the listeners. */
    private final class BatchApplication implements CellChangeSink {
        private LiveBatch.@Nullable LiveBatchItem item;
        private @Nullable TriggeringEvent cause;
        private @Nullable FactTable table;
        private String record = "";

        void applyItem(LiveBatch.LiveBatchItem next) {
            FactTable its = table;
            if (its == null || !next.record().equals(record)) {
                record = next.record();
                its = requireTable(record);
                table = its;
            }
            if (next.event() == null) {
                its.markUnreadable(next.key(), next.version());
                return;
            }
            cause = null;
            item = next;
            its.applyEvent(next.event(), next.micros(), listeners.isEmpty() ? null : this);
        }

        @Override
        public void reportCell(FigureAggregator aggregator, int[] at, long amount) {
            LiveBatch.LiveBatchItem of = item;
            if (of == null || of.event() == null) {
                return;
            }
            for (CellChangeListener listener : listeners) {
                if (listener.isInterestedIn(aggregator)) {
                    if (cause == null) {
                        cause = new TriggeringEvent(
                                of.topic(),
                                of.key(),
                                VersionOrder.versionOf(of.event().version()),
                                of.event().change());
                    }
                    listener.onCellMoved(aggregator, at.clone(), amount, cause);
                }
            }
        }
    }
}
