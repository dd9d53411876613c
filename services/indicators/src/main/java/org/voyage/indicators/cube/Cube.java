package org.voyage.indicators.cube;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cube of one figure: its sums by every combination of coordinates that occurs. The last coordinate is time. One thread
 * writes, under the lock of the figures.
 */
public final class Cube {

    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private final long number = LAST_NUMBER.incrementAndGet();
    private final CellTable cells;
    /** A hypothetical change on top of this cube. */
    private final @Nullable Cube delta;
    /** The cube that this one replaces: a query by year begins with the first year of either. */
    private final @Nullable Cube replaced;

    private long changeCount;

    /** @param width number of coordinates of a cell, with the time */
    public Cube(int width) {
        this(new CellTable(width), null, null);
    }

    private Cube(CellTable cells, @Nullable Cube delta, @Nullable Cube replaced) {
        this.cells = cells;
        this.delta = delta;
        this.replaced = replaced;
    }

    /** Returns a read-only copy of the current sums. The caller holds the read lock. */
    public Cube freeze() {
        return new Cube(cells.freeze(), null, null);
    }

    /** Returns this frozen cube with a hypothetical change on top. Only scans read both. */
    public Cube withDelta(Cube added) {
        return new Cube(cells, added, null);
    }

    /** Returns another cube in place of this frozen one. A query by year begins where one of this cube begins, too. */
    public Cube replaceWith(Cube others) {
        return new Cube(others.cells, null, this);
    }

    /** Adds to the cell at these coordinates. */
    public void addToCell(int[] at, long amount) {
        changeCount++;
        cells.addToCell(at, amount);
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

    /** Returns the tables whose sum is the result of a scan. */
    List<CellTable> tables() {
        return delta == null ? List.of(cells) : List.of(cells, delta.cells);
    }

    /** Returns the tables with the first year of a query. */
    List<CellTable> firstYearTables() {
        return replaced == null ? tables() : List.of(cells, replaced.cells);
    }

    /** Returns whether any sum by these columns and each time is not 0. */
    public boolean hasSums(int... columns) {
        Cube sums = new Cube(columns.length + 1);
        int[] at = new int[columns.length + 1];
        for (int cell = 0; cell < size(); cell++) {
            for (int i = 0; i < columns.length; i++) {
                at[i] = coordinateOf(cell, columns[i]);
            }
            at[columns.length] = timeOf(cell);
            sums.addToCell(at, amountOf(cell));
        }
        return sums.countCells() > 0;
    }
}
