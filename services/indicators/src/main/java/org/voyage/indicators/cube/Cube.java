package org.voyage.indicators.cube;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one figure by every combination of its coordinates that occurs, the last coordinate being time, and the
 * roll-ups that questions are answered from. Whatever is added is added to all of them. Written by one thread under the
 * lock of the figures.
 */
public final class Cube {

    private final int width;
    private final CellTable cells;
    private final RollUpCache rollUps;
    /** What would be added besides. */
    private final @Nullable Cube delta;

    private long changeCount;

    /** @param width how many coordinates a cell has, with the time */
    public Cube(int width, RollUpCache.RollUpLimits limits) {
        this(width, CellTable.createFinest(width), limits, List.of());
    }

    private Cube(int width, CellTable cells, RollUpCache.RollUpLimits limits, List<AggregateTable> rolledUp) {
        this(width, cells, new RollUpCache(AggregateTable.finest(width - 1, cells), limits, rolledUp), null);
    }

    private Cube(int width, CellTable cells, RollUpCache rollUps, @Nullable Cube more) {
        this.width = width;
        this.cells = cells;
        this.rollUps = rollUps;
        this.delta = more;
    }

    /**
     * The sums and the roll-ups as they are now, to be asked and never to be added to. By who holds the read lock.
     *
     * @param limits when more is rolled up for those who ask
     */
    public Cube freeze(RollUpCache.RollUpLimits limits) {
        return new Cube(
                width,
                cells.freeze(),
                limits,
                rollUps.cached().stream().map(AggregateTable::freeze).toList());
    }

    /** What these, which are frozen, would be if as much were added. Only scans look at both. */
    public Cube withDelta(Cube added) {
        return new Cube(width, cells, rollUps, added);
    }

    /** Adds to the cell at these coordinates. */
    public void addToCell(int[] at, long amount) {
        changeCount++;
        rollUps.addToAll(at, amount, cells.addToFinest(at, amount));
    }

    /** Grows whenever something is added: who finds it as it was finds the sums as they were. */
    public long changeCount() {
        return changeCount;
    }

    /** Cells are numbered from 0; some may hold 0. */
    public int size() {
        return cells.size();
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

    /** The sums that meet a need; what is asked for is all of them together. By who holds the read lock, or asks frozen ones. */
    List<AggregateTable> findOrRollUp(RollUpRequirement need) {
        return withDelta(rollUps.findOrRollUp(need));
    }

    /** The same, without anything being rolled up. */
    List<AggregateTable> findSmallest(RollUpRequirement need) {
        return withDelta(rollUps.findSmallest(need));
    }

    private List<AggregateTable> withDelta(AggregateTable found) {
        return delta == null ? List.of(found) : List.of(found, delta.rollUps.finest());
    }

    /** The roll-ups that are kept now. */
    public List<RollUpView> rollUpViews() {
        return rollUps.cached().stream().map(RollUpView::new).toList();
    }

    RollUpCache rollUpCache() {
        return rollUps;
    }
}
