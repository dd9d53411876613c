package org.voyage.indicators.stream;

/** A change with its number; numbers grow over the whole service since it started. */
record Numbered(long number, Change change) {}
