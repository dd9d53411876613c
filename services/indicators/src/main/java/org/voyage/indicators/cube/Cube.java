package org.voyage.indicators.cube;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cube of one figure: its sums by every combination of coordinates that occurs, and the roll-ups that answer queries.
 * The last coordinate is time. Each addition reaches the cells and all roll-ups. One thread writes, under the lock of
 * the figures.
 */
public final class Cube {

    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private final long number = LAST_NUMBER.incrementAndGet();
    private final int width;
    private final CellTable cells;
    private final RollUpCache rollUps;
    /** A hypothetical change on top of this cube. */
    private final @Nullable Cube delta;
    /** The cube that this one replaces: a query by year begins with the first year of either. */
    private final @Nullable Cube replaced;

    private long changeCount;

    /** @param width number of coordinates of a cell, with the time */
    public Cube(int width, RollUpCache.RollUpLimits limits) {
        this(width, CellTable.createFinest(width), limits, List.of());
    }

    private Cube(int width, CellTable cells, RollUpCache.RollUpLimits limits, List<AggregateTable> rolledUp) {
        this(width, cells, new RollUpCache(AggregateTable.finest(width - 1, cells), limits, rolledUp), null, null);
    }

    private Cube(int width, CellTable cells, RollUpCache rollUps, @Nullable Cube more, @Nullable Cube replaced) {
        this.width = width;
        this.cells = cells;
        this.rollUps = rollUps;
        this.delta = more;
        this.replaced = replaced;
    }

    /**
     * Returns a read-only copy of the current sums and roll-ups. The caller holds the read lock.
     *
     * @param limits when queries on the copy create further roll-ups
     */
    public Cube freeze(RollUpCache.RollUpLimits limits) {
        return new Cube(
                width,
                cells.freeze(),
                limits,
                rollUps.listRollUps().stream().map(AggregateTable::freeze).toList());
    }

    /** Returns this frozen cube with a hypothetical change on top. Only scans read both. */
    public Cube withDelta(Cube added) {
        return new Cube(width, cells, rollUps, added, null);
    }

    /** Returns another cube in place of this frozen one. A query by year begins where one of this cube begins, too. */
    public Cube replaceWith(Cube others) {
        return new Cube(width, others.cells, others.rollUps, null, this);
    }

    /** Adds to the cell at these coordinates. */
    public void addToCell(int[] at, long amount) {
        changeCount++;
        rollUps.addToAll(at, amount, cells.addToFinest(at, amount));
    }

    /** Returns a number that no other cube of this process has. Who remembers it does not keep the cube in memory. */
    public long number() {
        return number;
    }

    /** Returns a number that grows with each addition: an equal number means equal sums. */
    public long changeCount() {
        return changeCount;
    }

    /** Returns the number of cells, which are numbered from 0. Some cells may hold 0. */
    public int size() {
        return cells.size();
    }

    /** Returns the number of cells that are not 0. */
    public long countCells() {
        return IntStream.range(0, size()).filter(cell -> amountOf(cell) != 0).count();
    }

    public long amountOf(int cell) {
        return cells.amountOf(cell);
    }

    public int coordinateOf(int cell, int column) {
        return cells.coordinateOf(cell, column);
    }

    public int timeOf(int cell) {
        return cells.timeOf(cell);
    }

    /**
     * Returns the tables that meet a requirement; the result is the sum of all of them. The caller holds the read lock
     * or uses a frozen cube.
     */
    List<AggregateTable> findOrRollUp(RollUpRequirement need) {
        return delta == null
                ? List.of(rollUps.findOrRollUp(need))
                : List.of(rollUps.findOrRollUp(need), delta.rollUps.findOrRollUp(need));
    }

    /** Returns the tables with the first year of a query that has this requirement, without a new roll-up. */
    List<AggregateTable> findFirstYearTables(RollUpRequirement need) {
        Cube other = delta == null ? replaced : delta;
        return other == null
                ? List.of(rollUps.findSmallest(need))
                : List.of(rollUps.findSmallest(need), other.rollUps.findSmallest(need));
    }

    /** Rolls up for queries that are known to come, where the queries then read far fewer cells. */
    void rollUpAhead(RollUpRequirement need) {
        rollUps.rollUpAhead(need);
        if (delta != null) {
            delta.rollUps.rollUpAhead(need);
        }
    }

    /** Returns whether any sum by these columns and each time is not 0. */
    public boolean hasSums(Set<Integer> columns) {
        AggregateTable sums = Objects.requireNonNull(
                rollUps.finest().rollUp(new RollUpRequirement(columns, TimeGrain.EACH_TIME), Integer.MAX_VALUE));
        return IntStream.range(0, sums.size()).anyMatch(cell -> sums.cells().amountOf(cell) != 0);
    }

    /** Returns the current roll-ups. */
    public List<RollUpView> rollUpViews() {
        return rollUps.listRollUps().stream().map(RollUpView::new).toList();
    }

    RollUpCache rollUpCache() {
        return rollUps;
    }
}
