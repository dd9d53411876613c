package org.voyage.indicators.feature.stream;

/** A change with its number; numbers grow over the whole service since it started. */
record SequencedChange(long number, StreamedChange change) {}
