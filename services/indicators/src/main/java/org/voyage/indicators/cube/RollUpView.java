package org.voyage.indicators.cube;

import java.util.Collection;
import java.util.OptionalInt;

/** Read-only view of a roll-up of a figure. */
public final class RollUpView {

    private final AggregateTable sums;
    private final CellTable cells;

    RollUpView(AggregateTable sums) {
        this.sums = sums;
        this.cells = sums.cells();
    }

    /** Returns the columns of the figure that distinguish its cells, in the order of the coordinates. */
    public Collection<Integer> columns() {
        return sums.columns();
    }

    /** Returns whether each time of the figure has its own cell; otherwise a year has one cell, at its last day. */
    public boolean hasEachTime() {
        return sums.requirement().grain().isEachTime();
    }

    /** Returns the one year, if any, whose days have their own cells. */
    public OptionalInt openYear() {
        return sums.requirement().grain().openYear();
    }

    /** Returns the number of cells, which are numbered from 0. Some cells may be empty. */
    public int size() {
        return cells.size();
    }

    public long amountOf(int cell) {
        return cells.amountOf(cell);
    }

    /** Returns the recorded number of the figure's cells that are not 0 in this sum. */
    public int finerCells(int cell) {
        return cells.finerCells(cell);
    }

    /** @param place index in {@link #columns()} */
    public int coordinateAt(int cell, int place) {
        return cells.coordinateOf(cell, place);
    }

    public int timeOf(int cell) {
        return cells.timeOf(cell);
    }
}
