package org.voyage.indicators.indicator;

/** A text in the two languages of the platform. */
public record Text(String zh, String en) {}
