package org.voyage.kit.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Event of the log that a service could not read.
 *
 * @param content the original bytes, null when there were none
 * @param healed whether a later event of its key is known to have been read
 */
@SuppressWarnings("ArrayRecordComponent") // shown, never compared
public record DeadLetter(
        DeadLetterLocation location, @Nullable String key, byte @Nullable [] content, String reason, boolean healed) {

    /** Location of a dead letter in the list, and in the log. */
    public record DeadLetterLocation(Instant storedAt, String topic, long partition, long offset) {}

    /** Filter of dead letters: a null member matches all. */
    public record DeadLetterFilter(
            @Nullable String topic,
            @Nullable String record,
            @Nullable Boolean healed) {}
}
