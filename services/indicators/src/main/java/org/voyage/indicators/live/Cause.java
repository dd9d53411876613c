package org.voyage.indicators.live;

/** The event that moved a figure. */
public record Cause(String topic, String key, int version, String change) {}
