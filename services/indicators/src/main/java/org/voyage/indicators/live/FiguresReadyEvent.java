package org.voyage.indicators.live;

/** CDI event: figures can be queried from now on. Fired once after a start. */
public record FiguresReadyEvent() {}
