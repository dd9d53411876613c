package org.voyage.kit.record;

import org.jspecify.annotations.Nullable;

/**
 * Where a record goes on.
 *
 * @param to its other key, of the same province
 * @param how rename or merge
 * @param keep whose records stand where both have one that says the same; null if the sender does not say
 */
public record Move(RecordKey to, Cause.Kind how, @Nullable Keep keep) {

    /** One of two that are merged. */
    public enum Keep {
        /** The record that remains. */
        TARGET,
        /** The record that goes on in the other. */
        SOURCE
    }

    boolean merges() {
        return how == Cause.Kind.MERGE;
    }
}
