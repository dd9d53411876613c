package org.voyage.indicators.query;

import java.util.Map;

/** One value of an answer and where it stands; the coordinates are in the order in which they were asked for. */
public record Cell(Map<String, String> at, long value) {}
