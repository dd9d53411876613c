package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.RecordLayout;
import org.voyage.indicators.intake.Slot;
import org.voyage.indicators.reference.Geography;

/**
 * All figures in memory. One thread applies batches; a reader sees whole batches only, across all figures. The fold
 * ignores whatever is not newer than what it holds of a key, so repeats and late arrivals change nothing.
 *
 * <p>Figures may be held back: then batches are facts that no figure counts before {@link #countAll} (ADR 21).
 */
public final class LiveFigures {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Condition moved = lock.writeLock().newCondition();
    private final Layouts layouts;
    private final Dictionaries dictionaries;
    private final Geography geography;
    private final RollUps.Limits limits;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Map<String, FactTable> tables = new LinkedHashMap<>();
    private final List<ChangeListener> listeners = new ArrayList<>();
    private Positions positions = Positions.START;

    public LiveFigures(Catalogue catalogue, Layouts layouts, Dictionaries dictionaries, Geography geography) {
        this(catalogue, layouts, dictionaries, geography, RollUps.Limits.USUAL);
    }

    LiveFigures(
            Catalogue catalogue,
            Layouts layouts,
            Dictionaries dictionaries,
            Geography geography,
            RollUps.Limits limits) {
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.geography = geography;
        this.limits = limits;
        Dictionary provinces = dictionaries.of("province");
        for (RecordLayout layout : layouts.all()) {
            tables.put(layout.record(), new FactTable(provinces, layout.links(), layouts.year(layout.record())));
        }
        Map<String, String> links = new LinkedHashMap<>();
        for (Indicator indicator : catalogue.all()) {
            Tally tally = new Tally(indicator, layouts, dictionaries, geography, width -> new Cube(width, limits));
            tallies.put(indicator.code(), tally);
            FactTable table = table(indicator.record());
            table.counts(tally);
            indicator.join().forEach((field, joined) -> {
                String known = links.put(indicator.record() + "." + field, joined);
                if (known == null) {
                    table.link(slot(layouts, indicator.record(), field), table(joined));
                } else if (!known.equals(joined)) {
                    throw new BadDefinition(
                            indicator,
                            "join." + field,
                            field + " leads to " + known + " elsewhere",
                            "在其他指标中 " + field + " 关联到 " + known);
                }
            });
        }
    }

    /** From now on facts are held and no figure counts them before {@link #countAll}. Not to be called after the first batch. */
    public void holdBack() {
        lock.writeLock().lock();
        try {
            tallies.values().forEach(Tally::holdBack);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Counts all facts for the figures that were held back, each by itself, on all processors. */
    public void countAll() {
        lock.writeLock().lock();
        try {
            tallies.values().parallelStream()
                    .forEach(tally ->
                            tally.countAll(table(tally.indicator().record()).facts()));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Not to be called after the first batch. */
    public void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Applies a batch: readers see all of it or nothing. */
    public void apply(LiveBatch batch) {
        Applying applying = new Applying();
        lock.writeLock().lock();
        try {
            batch.items().forEach(applying::take);
            positions = positions.with(batch.positions());
            moved.signalAll();
        } finally {
            lock.writeLock().unlock();
        }
        // Not before: who is woken by it reads.
        listeners.forEach(ChangeListener::batchApplied);
    }

    /** Reads several figures at one moment. */
    public <T> T read(Function<Cut, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(now());
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * All figures as they are now, without the facts. They stay as they are and valid. Nobody waits for that: it
     * is when something is added to a figure next that its amounts, and nothing else, are copied.
     */
    public Cut freeze() {
        lock.readLock().lock();
        try {
            return frozen(RollUps.Limits.NEVER);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** By who holds the read lock. */
    private Cut frozen(RollUps.Limits limits) {
        Map<String, Tally> frozen = new TreeMap<>();
        now().tallies()
                .forEach(tally -> frozen.put(
                        tally.indicator().code(),
                        beside(tally, dictionaries, tally.cube().frozen(limits))));
        return new Cut(frozen, Map.of(), dictionaries, positions);
    }

    /** The same figure with other cells. */
    private Tally beside(Tally tally, Dictionaries codes, Cube cells) {
        return new Tally(tally.indicator(), layouts, codes, geography, _ -> cells);
    }

    private Cut now() {
        return new Cut(tallies, tables, dictionaries, positions);
    }

    /**
     * Looks at the figures as they are and as they would be if some facts were otherwise. Nothing is changed, and what is
     * only imagined leaves no trace. Both are of one moment and stay so: nobody waits while they are looked at, but only while
     * it is found out which facts would be otherwise.
     *
     * @param changes reads the facts as they would be, versions do not matter; it is asked again when codes came that were not
     *     known yet
     * @param question is given the figures now, and then
     */
    public <T> T imagine(Function<FactReaders, List<FactEvent>> changes, BiFunction<Cut, Cut, T> question) {
        Map<String, Integer> known = dictionaries.sizes();
        Wanted wanted = wanted(changes);
        return look(_ -> true, () -> dictionaries.sizes().equals(known) ? wanted : wanted(changes), question)
                .orElseThrow();
    }

    /**
     * The same, if the figures stand where they are expected.
     *
     * @param changes is asked when they do, while they are held
     * @return empty when they do not
     */
    public <T> Optional<T> imagineAt(
            Predicate<Positions> expected,
            Function<FactReaders, List<FactEvent>> changes,
            BiFunction<Cut, Cut, T> question) {
        return look(expected, () -> wanted(changes), question);
    }

    /** Facts as they would be, and the numbers of the codes in them. */
    private record Wanted(Dictionaries codes, List<FactEvent> facts) {}

    private Wanted wanted(Function<FactReaders, List<FactEvent>> changes) {
        Dictionaries codes = dictionaries.copy();
        return new Wanted(codes, changes.apply(new FactReaders(layouts, codes)));
    }

    private <T> Optional<T> look(
            Predicate<Positions> expected, Supplier<Wanted> changes, BiFunction<Cut, Cut, T> question) {
        Cut now;
        Dictionaries codes;
        Imagined imagined;
        lock.readLock().lock();
        try {
            if (!expected.test(positions)) {
                return Optional.empty();
            }
            Wanted wanted = changes.get();
            codes = wanted.codes();
            imagined = new Imagined(tables, codes);
            wanted.facts().forEach(imagined::change);
            imagined.leave();
            now = frozen(limits);
        } finally {
            lock.readLock().unlock();
        }
        return Optional.of(question.apply(now, then(now, imagined, codes)));
    }

    private Cut then(Cut now, Imagined imagined, Dictionaries codes) {
        Map<String, Tally> then = new TreeMap<>();
        now.tallies().forEach(tally -> then.put(tally.indicator().code(), tally));
        Map<String, Set<String>> moved = new TreeMap<>();
        Map<String, Shift> shifts = imagined.count(
                now.tallies(), tally -> beside(tally, codes, new Cube(tally.room().length, RollUps.Limits.NEVER)));
        shifts.forEach((code, shift) -> {
            Tally tally = now.tally(code);
            then.put(code, beside(tally, codes, tally.cube().with(shift.tally().cube())));
            moved.put(code, shift.fields());
        });
        return new Cut(then, Map.of(), codes, now.positions(), moved);
    }

    /**
     * Goes on from figures that were counted beside these, with the same definitions and dictionaries, if those hold every
     * event that these hold. Who reads finds all of the one or all of the other. The others are not to be used afterwards.
     *
     * @return false when the others are behind; nothing has happened
     */
    public boolean adopt(LiveFigures others) {
        lock.writeLock().lock();
        try {
            if (!others.positions.reach(positions)) {
                return false;
            }
            tallies.putAll(others.tallies);
            tables.putAll(others.tables);
            positions = others.positions;
            moved.signalAll();
        } finally {
            lock.writeLock().unlock();
        }
        listeners.forEach(ChangeListener::batchApplied);
        return true;
    }

    /** Waits until the condition on the positions holds; false when the time is over first. */
    public boolean await(Function<Positions, Boolean> condition, long timeout, TimeUnit unit)
            throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        lock.writeLock().lockInterruptibly();
        try {
            BooleanSupplier met = () -> condition.apply(positions);
            while (!met.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = moved.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Keys whose newest version could not be read, as {@code record key}. */
    public Set<String> stale() {
        return read(cut -> {
            Set<String> keys = new TreeSet<>();
            tables.forEach(
                    (record, table) -> new HashSet<>(table.stale()).forEach(key -> keys.add(record + " " + key)));
            return keys;
        });
    }

    /** How many facts of each record type are held. */
    public Map<String, Integer> facts() {
        return read(cut -> {
            Map<String, Integer> sizes = new TreeMap<>();
            tables.forEach((record, table) -> sizes.put(record, table.size()));
            return sizes;
        });
    }

    private FactTable table(String record) {
        FactTable table = tables.get(record);
        if (table == null) {
            throw new IllegalStateException("no table for " + record);
        }
        return table;
    }

    private static int slot(Layouts layouts, String record, String field) {
        RecordLayout layout = layouts.of(record);
        Slot slot = layout == null ? null : layout.slot(field);
        if (slot == null) {
            throw new IllegalStateException(record + " has no " + field);
        }
        return slot.index();
    }

    /** One batch, item by item; listeners are told which cells each of them moves. */
    private final class Applying implements Touched {
        private LiveBatch.@Nullable Item item;
        private @Nullable Cause cause;
        private @Nullable FactTable table;
        private String record = "";

        void take(LiveBatch.Item next) {
            FactTable its = table;
            if (its == null || !next.record().equals(record)) {
                record = next.record();
                its = table(record);
                table = its;
            }
            if (next.event() == null) {
                its.spoil(next.key(), next.version());
                return;
            }
            cause = null;
            item = next;
            its.apply(next.event(), next.micros(), listeners.isEmpty() ? null : this);
        }

        @Override
        public void cell(Tally tally, int[] at, long amount) {
            LiveBatch.Item of = item;
            if (of == null || of.event() == null) {
                return;
            }
            for (ChangeListener listener : listeners) {
                if (listener.wants(tally)) {
                    if (cause == null) {
                        cause = new Cause(
                                of.topic(),
                                of.key(),
                                of.event().version(),
                                of.event().change());
                    }
                    listener.cellMoved(tally, at.clone(), amount, cause);
                }
            }
        }
    }
}
