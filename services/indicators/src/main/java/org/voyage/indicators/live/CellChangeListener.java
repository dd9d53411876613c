package org.voyage.indicators.live;

/** Listener for changes of cells. The updating thread calls it; an implementation must only record the change. */
public interface CellChangeListener {

    /** Returns whether the listener needs the changes of this figure. */
    boolean isInterestedIn(FigureAggregator aggregator);

    /**
     * Reports a cell that changed by an amount. No reader reads during the call: a reader sees exactly the reported
     * changes.
     */
    void onCellMoved(FigureAggregator aggregator, int[] at, long amount, TriggeringEvent cause);

    /**
     * Reports that an event with a trace has changed a figure that the listener needs. Like {@link #onCellMoved}.
     *
     * @param traceparent of the span that changes the figures
     */
    default void onTracedChange(String traceparent) {}

    /** Reports that the whole batch is applied and visible to readers. */
    void onBatchApplied();
}
