package org.voyage.indicators.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one figure by every combination of its coordinates that occurs, the last coordinate being time, and the
 * roll-ups that questions are answered from. Whatever is added is added to all of them. Written by one thread under the
 * lock of the figures.
 */
public final class Cube {

    private final int width;
    private final Cells cells;
    private final RollUps rollUps;
    /** What would be added besides. */
    private final @Nullable Cube more;

    private long changes;

    /** @param width how many coordinates a cell has, with the time */
    Cube(int width, RollUps.Limits limits) {
        this(width, Cells.finest(width), limits, List.of());
    }

    private Cube(int width, Cells cells, RollUps.Limits limits, List<Sums> rolledUp) {
        this(width, cells, new RollUps(Sums.finest(width - 1, cells), limits, rolledUp), null);
    }

    private Cube(int width, Cells cells, RollUps rollUps, @Nullable Cube more) {
        this.width = width;
        this.cells = cells;
        this.rollUps = rollUps;
        this.more = more;
    }

    /**
     * The sums and the roll-ups as they are now, to be asked and never to be added to. By who holds the read lock.
     *
     * @param limits when more is rolled up for those who ask
     */
    Cube frozen(RollUps.Limits limits) {
        return new Cube(
                width,
                cells.frozen(),
                limits,
                rollUps.kept().stream().map(Sums::frozen).toList());
    }

    /** What these, which are frozen, would be if as much were added. Only scans look at both. */
    Cube with(Cube added) {
        return new Cube(width, cells, rollUps, added);
    }

    /** Adds to the cell at these coordinates. */
    void add(int[] at, long amount) {
        changes++;
        rollUps.add(at, amount, cells.add(at, amount));
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

    /** The sums that meet a need; what is asked for is all of them together. By who holds the read lock, or asks frozen ones. */
    List<Sums> answering(Need need) {
        return with(rollUps.answering(need));
    }

    /** The same, without anything being rolled up. */
    List<Sums> smallest(Need need) {
        return with(rollUps.smallest(need));
    }

    private List<Sums> with(Sums found) {
        return more == null ? List.of(found) : List.of(found, more.rollUps.finest());
    }

    /** The roll-ups that are kept now. */
    public List<RollUp> rolledUp() {
        return rollUps.kept().stream().map(RollUp::new).toList();
    }

    RollUps rollUps() {
        return rollUps;
    }
}
