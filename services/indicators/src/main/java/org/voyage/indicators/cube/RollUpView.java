package org.voyage.indicators.cube;

import java.util.Collection;
import java.util.OptionalInt;

/** A roll-up of a figure, to be looked at. */
public final class RollUpView {

    private final AggregateTable sums;
    private final CellTable cells;

    RollUpView(AggregateTable sums) {
        this.sums = sums;
        this.cells = sums.cells();
    }

    /** The columns of the figure that tell its cells apart, in the order in which the cells have them. */
    public Collection<Integer> columns() {
        return sums.columns();
    }

    /** Whether each time of the figure has a cell of its own; else a year has one, at its last day. */
    public boolean hasEachTime() {
        return sums.requirement().grain().isEachTime();
    }

    /** The one year, if any, whose days have cells of their own nevertheless. */
    public OptionalInt openYear() {
        return sums.requirement().grain().openYear();
    }

    /** Cells are numbered from 0; some may sum up nothing. */
    public int size() {
        return cells.size();
    }

    public long amountOf(int cell) {
        return cells.amountOf(cell);
    }

    /** How many cells of the figure that do not hold 0 it says to sum up. */
    public int finerCells(int cell) {
        return cells.finerCells(cell);
    }

    /** @param place among {@link #columns()} */
    public int coordinateAt(int cell, int place) {
        return cells.coordinateOf(cell, place);
    }

    public int timeOf(int cell) {
        return cells.timeOf(cell);
    }
}
