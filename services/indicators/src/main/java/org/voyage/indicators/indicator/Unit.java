package org.voyage.indicators.indicator;

/** What is counted, for instance {@code students} 人. */
public record Unit(String code, String zh, String en) {}
