package org.voyage.indicators.live;

/** Is told of every cell that a change moved, while the lock is held: it must only take note. */
interface Touched {

    /** @param at the coordinates, valid during the call only */
    void cell(Tally tally, int[] at, long amount);
}
