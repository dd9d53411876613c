package org.voyage.indicators.live;

import java.util.List;

/**
 * The sums of one figure by every combination of its coordinates that occurs, the last coordinate being time, and the
 * roll-ups that questions are answered from. Whatever is added is added to all of them. Written by one thread under the
 * lock of the figures.
 */
public final class Cube {

    private final int width;
    private final Cells cells;
    private final RollUps.Limits limits;
    private final RollUps rollUps;
    private long changes;

    /** @param width how many coordinates a cell has, with the time */
    Cube(int width, RollUps.Limits limits) {
        this(width, Cells.finest(width), limits, List.of());
    }

    private Cube(int width, Cells cells, RollUps.Limits limits, List<Sums> rolledUp) {
        this.width = width;
        this.cells = cells;
        this.limits = limits;
        this.rollUps = new RollUps(Sums.finest(width - 1, cells), limits, rolledUp);
    }

    /** The same sums, going on by themselves, and without roll-ups. */
    public Cube copy() {
        Cube copy = new Cube(width, cells.copy(), limits, List.of());
        copy.changes = changes;
        return copy;
    }

    /** The same sums and the same roll-ups, to be asked and never to be added to. By who holds the read lock. */
    Cube frozen() {
        return new Cube(
                width,
                cells.copy(),
                RollUps.Limits.NEVER,
                rollUps.kept().stream().map(Sums::copy).toList());
    }

    /** Adds to the cell at these coordinates. */
    void add(int[] at, long amount) {
        changes++;
        rollUps.add(at, amount, cells.add(at, amount));
    }

    /** Makes room for so many cells, where they are known to come. */
    void expect(long size) {
        cells.expect(Math.toIntExact(Math.min(size, Integer.MAX_VALUE / width)));
    }

    /** Grows whenever something is added: who finds it as it was finds the sums as they were. */
    public long changes() {
        return changes;
    }

    /** Cells are numbered from 0; some may hold 0. */
    public int size() {
        return cells.size();
    }

    public long amount(int cell) {
        return cells.amount(cell);
    }

    public int coordinate(int cell, int column) {
        return cells.coordinate(cell, column);
    }

    public int time(int cell) {
        return cells.time(cell);
    }

    /** The roll-ups that are kept now. */
    public List<RollUp> rolledUp() {
        return rollUps.kept().stream().map(RollUp::new).toList();
    }

    RollUps rollUps() {
        return rollUps;
    }
}
