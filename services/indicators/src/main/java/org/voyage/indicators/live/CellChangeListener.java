package org.voyage.indicators.live;

/**
 * Follows what moves. Called by the one thread that applies. Must only take note.
 */
public interface CellChangeListener {

    /** Whether somebody follows this figure at all. */
    boolean isInterestedIn(FigureAggregator tally);

    /** A cell moved by an amount; no reader reads meanwhile: whoever reads finds all that was reported, and nothing else, moved. */
    void onCellMoved(FigureAggregator tally, int[] at, long amount, TriggeringEvent cause);

    /** The whole batch is applied, and can be read. */
    void onBatchApplied();
}
