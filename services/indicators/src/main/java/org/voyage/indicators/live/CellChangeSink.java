package org.voyage.indicators.live;

/**
 * Sink for each cell that a change moved. The lock is held during the call: an implementation must only record the
 * cell.
 */
interface CellChangeSink {

    /** @param at the coordinates, valid during the call only */
    void reportCell(FigureAggregator aggregator, int[] at, long amount);
}
