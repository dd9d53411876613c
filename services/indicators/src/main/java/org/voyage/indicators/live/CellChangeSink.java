package org.voyage.indicators.live;

/** Is told of every cell that a change moved, while the lock is held: it must only take note. */
interface CellChangeSink {

    /** @param at the coordinates, valid during the call only */
    void reportCell(FigureAggregator tally, int[] at, long amount);
}
