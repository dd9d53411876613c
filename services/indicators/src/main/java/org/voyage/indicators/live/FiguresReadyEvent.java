package org.voyage.indicators.live;

/** Tells observers, once after a start, that figures can be asked for from now on. */
public record FiguresReadyEvent() {}
