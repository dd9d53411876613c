package org.voyage.indicators.feature.stream;

/** Change with its sequence number; the numbers grow over the whole service since its start. */
record SequencedChange(long number, SliceChange change) {}
