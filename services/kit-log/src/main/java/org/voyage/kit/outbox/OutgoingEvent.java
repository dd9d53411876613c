package org.voyage.kit.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to append.
 *
 * @param topic Kafka topic, named {@code service.record}
 * @param key Kafka key and CloudEvents subject; events of one key are published in the order of appending
 * @param id CloudEvents id, globally unique
 * @param type CloudEvents type, e.g. {@code org.voyage.overseas-school.changed.v1}
 * @param time when the change was recorded
 * @param data the event's JSON
 * @param traceparent of the request that makes it; null when it has no trace
 */
public record OutgoingEvent(
        String topic,
        String key,
        UUID id,
        String type,
        Instant time,
        String data,
        @Nullable String traceparent) {

    /** Creates an event without a trace. */
    public OutgoingEvent(String topic, String key, UUID id, String type, Instant time, String data) {
        this(topic, key, id, type, time, data, null);
    }
}
