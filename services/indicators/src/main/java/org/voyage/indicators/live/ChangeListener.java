package org.voyage.indicators.live;

/** Follows what moves. Called by the one thread that applies; must not block it. */
public interface ChangeListener {

    /** Whether somebody follows this figure at all. */
    boolean wants(Tally tally);

    /** A cell moved; the batch it belongs to is not visible yet. */
    void cellMoved(Tally tally, int[] at, Cause cause);

    /** The batch is visible to readers. */
    void batchApplied();
}
