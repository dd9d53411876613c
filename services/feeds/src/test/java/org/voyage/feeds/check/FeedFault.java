package org.voyage.feeds.check;

/**
 * Fault that the checker has found.
 *
 * @param place {@code database}, {@code pull}, {@code topic}, or the name of a journal, with the position of the event
 */
public record FeedFault(FaultKind kind, String place) {

    /** Kind of a fault. */
    public enum FaultKind {
        /** An event, or the record that it would have brought, is absent. */
        MISSING,
        /** An event comes twice where it may come once. */
        DOUBLED,
        REORDERED,
        /** A position has two contents. */
        TWO_CONTENTS,
        /** Digest, chain or checkpoint do not say what the events are. */
        BROKEN_CHAIN,
        OUT_OF_SCOPE,
        /** The copy of a reader of all events differs from what the feed notes of it. */
        OTHER_COPY
    }
}
