package org.voyage.feeds.proof;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Public key that verifies checkpoints.
 *
 * @param id {@code keyId} of the checkpoints
 * @param publicKey raw Ed25519 key, 32 bytes
 * @param from first day; null for a key that was valid from the beginning
 * @param until first day on which it signs no more; null for the present key
 */
@SuppressWarnings("ArrayRecordComponent") // shown, never compared
public record CheckpointKey(
        String id,
        byte[] publicKey,
        @Nullable LocalDate from,
        @Nullable LocalDate until) {}
