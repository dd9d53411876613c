package org.voyage.kit.outbox;

import java.time.Instant;
import java.time.LocalDate;

/** A row of the outbox as the relay reads it. */
record OutboxRow(
        long position,
        LocalDate day,
        String topic,
        int partition,
        String key,
        String eventId,
        String type,
        Instant time,
        byte[] data) {}
