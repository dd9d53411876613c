package org.voyage.indicators.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.cube.Cube;
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
import org.voyage.indicators.reference.Geography;
import org.voyage.kit.log.VersionOrder;

/**
 * All figures in memory. One thread applies batches; a reader sees whole batches only, across all figures. The fold
 * ignores events that are not newer than the current version of a key, so repeated and late events change nothing.
 *
 * <p>Counting may be deferred: then batches only store facts, and {@link #countAll} counts them (ADR 21).
 */
public final class LiveFigures {

    /** Updates wait no longer than this for work that holds them. */
    private static final Duration MAX_UPDATE_HOLD = Duration.ofSeconds(2);

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    /** Held by whoever updates the figures, or holds updates. It is taken before {@link #lock}; no reader needs it. */
    private final ReentrantLock updateGate = new ReentrantLock(true);

    private final ReentrantLock positionLock = new ReentrantLock();
    private final Condition positionMoved = positionLock.newCondition();
    private final RecordLayoutRegistry layouts;
    private final DictionaryRegistry dictionaries;
    private final Geography geography;
    private final Map<String, FigureAggregator> tallies = new TreeMap<>();
    private final Map<String, FactTable> tables = new LinkedHashMap<>();
    private final List<CellChangeListener> listeners = new ArrayList<>();
    /** Changes under the write lock; read without a lock by those who wait for a position. */
    private volatile LogPosition positions = LogPosition.EMPTY;

    private volatile int staleKeyCount;

    public LiveFigures(
            FigureCatalogue catalogue,
            RecordLayoutRegistry layouts,
            DictionaryRegistry dictionaries,
            Geography geography) {
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.geography = geography;
        CodeDictionary provinces = dictionaries.dictionaryOf("province");
        for (RecordLayout layout : layouts.all()) {
            tables.put(
                    layout.record(),
                    new FactTable(provinces, layout.linkCount(), layouts.yearFieldOf(layout.record())));
        }
        Map<String, String> links = new LinkedHashMap<>();
        for (CountedFigure figure : catalogue.countedFigures()) {
            FigureAggregator aggregator = new FigureAggregator(figure, layouts, dictionaries, geography, Cube::new);
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
            // Each figure is a task of its own: those that count the most facts have similar codes.
            ForkJoinTask.invokeAll(tallies.values().stream()
                    .map(aggregator -> ForkJoinTask.adapt(() -> aggregator.countAll(
                            requireTable(aggregator.indicator().record()).facts())))
                    .toList());
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
        update(() -> {
            batch.items().forEach(applying::applyItem);
            positions = positions.advanceTo(batch.positions());
            return true;
        });
    }

    /**
     * Runs an update under the write lock. If it changed the figures, it then informs those who wait for a position and
     * the listeners: they read, and would wait for the lock.
     *
     * @param change returns false when it changed nothing
     */
    private boolean update(BooleanSupplier change) {
        boolean changed;
        boolean entered = enterUpdateGate();
        try {
            lock.writeLock().lock();
            try {
                changed = change.getAsBoolean();
            } finally {
                lock.writeLock().unlock();
            }
        } finally {
            if (entered) {
                updateGate.unlock();
            }
        }
        if (changed) {
            positionLock.lock();
            try {
                positionMoved.signalAll();
            } finally {
                positionLock.unlock();
            }
            listeners.forEach(CellChangeListener::onBatchApplied);
        }
        return changed;
    }

    /** Returns false when another thread holds updates for too long; then the update goes on without the gate. */
    private boolean enterUpdateGate() {
        try {
            return updateGate.tryLock(MAX_UPDATE_HOLD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Runs work while no update changes the figures. Everybody can read them meanwhile, and the work may wait for the
     * database. Updates wait for at most 2 seconds; work that takes longer must expect that the figures have changed.
     */
    public <T> T runWithoutUpdates(Supplier<T> work) {
        updateGate.lock();
        try {
            return work.get();
        } finally {
            updateGate.unlock();
        }
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
            return copyFrozen();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns a frozen view. The caller holds the read lock. */
    private FiguresView copyFrozen() {
        Map<String, FigureAggregator> frozen = new TreeMap<>();
        currentView()
                .completeFigures()
                .forEach(aggregator -> frozen.put(
                        aggregator.indicator().code(),
                        withCube(aggregator, dictionaries, aggregator.cube().freeze())));
        Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> counts = new TreeMap<>();
        tables.forEach((record, table) -> counts.put(record, table.years().countsByYear()));
        return new FiguresView(frozen, dictionaries, positions, Map.of(), counts);
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
        return detachWhen(_ -> true, () -> dictionaries.sizesByField().equals(known) ? wanted : prepareEvents(changes))
                .orElseThrow()
                .compareViews(question);
    }

    /**
     * Prepares a comparison as {@link #compareHypothetical}, if the figures are at the expected position.
     *
     * @param changes called before the lock is taken
     * @return empty when the figures are at another position, or new codes have arrived since the changes were read
     */
    public Optional<HypotheticalComparison> prepareHypotheticalAt(
            LogPosition expected, Function<FactReaderRegistry, List<FactEvent>> changes) {
        Map<String, Integer> known = dictionaries.sizesByField();
        HypotheticalEvents wanted = prepareEvents(changes);
        return detachWhen(
                now -> now.equals(expected) && dictionaries.sizesByField().equals(known), () -> wanted);
    }

    /** Hypothetical facts, and the numbers of their codes. */
    private record HypotheticalEvents(DictionaryRegistry codes, List<FactEvent> facts) {}

    private HypotheticalEvents prepareEvents(Function<FactReaderRegistry, List<FactEvent>> changes) {
        DictionaryRegistry codes = dictionaries.copy();
        return new HypotheticalEvents(codes, changes.apply(new FactReaderRegistry(layouts, codes)));
    }

    private Optional<HypotheticalComparison> detachWhen(
            Predicate<LogPosition> expected, Supplier<HypotheticalEvents> changes) {
        lock.readLock().lock();
        try {
            if (!expected.test(positions)) {
                return Optional.empty();
            }
            HypotheticalEvents wanted = changes.get();
            HypotheticalFacts imagined = new HypotheticalFacts(tables, wanted.codes());
            wanted.facts().forEach(imagined::changeFact);
            imagined.detach();
            return Optional.of(new HypotheticalComparison(copyFrozen(), imagined, wanted.codes()));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Comparison of figures of one point in time with hypothetical ones. It is detached: it needs no lock. */
    public final class HypotheticalComparison {
        private final FiguresView now;
        private final HypotheticalFacts imagined;
        private final DictionaryRegistry codes;

        private HypotheticalComparison(FiguresView now, HypotheticalFacts imagined, DictionaryRegistry codes) {
            this.now = now;
            this.imagined = imagined;
            this.codes = codes;
        }

        /** @param question receives the current and the hypothetical view */
        public <T> T compareViews(BiFunction<FiguresView, FiguresView, T> question) {
            return question.apply(now, hypotheticalView(now, imagined, codes));
        }
    }

    private FiguresView hypotheticalView(FiguresView now, HypotheticalFacts imagined, DictionaryRegistry codes) {
        Map<String, FigureAggregator> then = new TreeMap<>();
        now.completeFigures()
                .forEach(aggregator -> then.put(aggregator.indicator().code(), aggregator));
        Map<String, Set<String>> moved = new TreeMap<>();
        imagined.computeFigures(
                        now.completeFigures(),
                        aggregator -> withCube(aggregator, codes, new Cube(aggregator.newCoordinates().length)))
                .forEach((code, changed) -> {
                    then.put(code, withCube(now.requireWhole(code), codes, changed.cube()));
                    moved.put(code, changed.movedFields());
                });
        return new FiguresView(then, codes, now.positions(), moved, imagined.countsByYear());
    }

    /**
     * Replaces these figures with others that were counted in parallel, with the same definitions and dictionaries. The
     * others must hold every event that these hold. A reader sees all of the old or all of the new figures. The caller
     * must not use the others afterwards.
     *
     * @return false when the others are behind; then nothing has changed
     */
    public boolean replaceWith(LiveFigures others) {
        return update(() -> {
            if (!others.positions.includes(positions)) {
                return false;
            }
            tallies.putAll(others.tallies);
            tables.putAll(others.tables);
            positions = others.positions;
            return true;
        });
    }

    /**
     * Waits until the condition on the positions holds; returns false after the timeout. It takes no lock of the
     * figures, so any number of waiting threads delays neither readers nor updates.
     */
    public boolean awaitPosition(Predicate<LogPosition> condition, long timeout, TimeUnit unit)
            throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        positionLock.lockInterruptibly();
        try {
            while (!condition.test(positions)) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = positionMoved.awaitNanos(nanos);
            }
            return true;
        } finally {
            positionLock.unlock();
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

    /**
     * Returns the number of {@link #staleKeys()}, or the last known one while an event is being applied. Never waits, so that
     * health and metrics never do.
     */
    int countStaleKeys() {
        if (lock.readLock().tryLock()) {
            try {
                staleKeyCount = tables.values().stream()
                        .mapToInt(table -> table.staleKeys().size())
                        .sum();
            } finally {
                lock.readLock().unlock();
            }
        }
        return staleKeyCount;
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
                        if (of.traceparent() != null) {
                            listener.onTracedChange(of.traceparent());
                        }
                    }
                    listener.onCellMoved(aggregator, at.clone(), amount, cause);
                }
            }
        }
    }
}
