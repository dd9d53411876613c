package org.voyage.indicators.live;

import java.util.Collection;
import java.util.OptionalInt;

/** A roll-up of a figure, to be looked at. */
public final class RollUp {

    private final Sums sums;
    private final Cells cells;

    RollUp(Sums sums) {
        this.sums = sums;
        this.cells = sums.cells();
    }

    /** The columns of the figure that tell its cells apart, in the order in which the cells have them. */
    public Collection<Integer> columns() {
        return sums.columns();
    }

    /** Whether each time of the figure has a cell of its own; else a year has one, at its last day. */
    public boolean eachTime() {
        return sums.need().grain().each();
    }

    /** The one year, if any, whose days have cells of their own nevertheless. */
    public OptionalInt openYear() {
        return sums.need().grain().openYear();
    }

    /** Cells are numbered from 0; some may sum up nothing. */
    public int size() {
        return cells.size();
    }

    public long amount(int cell) {
        return cells.amount(cell);
    }

    /** How many cells of the figure that do not hold 0 it says to sum up. */
    public int behind(int cell) {
        return cells.behind(cell);
    }

    /** @param place among {@link #columns()} */
    public int coordinate(int cell, int place) {
        return cells.coordinate(cell, place);
    }

    public int time(int cell) {
        return cells.time(cell);
    }
}
