package org.voyage.indicators.live;

/**
 * Follows what moves. Called by the one thread that applies, while no reader reads: whoever reads finds all cells that
 * were reported, and no others, moved. Must only take note.
 */
public interface ChangeListener {

    /** Whether somebody follows this figure at all. */
    boolean wants(Tally tally);

    /** A cell moved by an amount. */
    void cellMoved(Tally tally, int[] at, long amount, Cause cause);

    /** The whole batch is applied. */
    void batchApplied();
}
