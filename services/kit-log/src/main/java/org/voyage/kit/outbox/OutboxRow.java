package org.voyage.kit.outbox;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox as the relay reads it.
 *
 * @param epoch epoch of the event; null for the current one
 * @param traceparent of the request that made the event; null when it has no trace
 */
record OutboxRow(
        long position,
        LocalDate day,
        String topic,
        int partition,
        String key,
        String eventId,
        String type,
        Instant time,
        byte[] data,
        @Nullable Integer epoch,
        @Nullable String traceparent) {}
