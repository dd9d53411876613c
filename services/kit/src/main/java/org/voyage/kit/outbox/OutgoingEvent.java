package org.voyage.kit.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * An event to append.
 *
 * @param topic Kafka topic, named {@code service.record}
 * @param key Kafka key and CloudEvents subject; events of one key are published in the order of appending
 * @param id CloudEvents id, globally unique
 * @param type CloudEvents type, e.g. {@code org.voyage.overseas-school.changed.v1}
 * @param time when the change was recorded
 * @param data the event's JSON
 */
public record OutgoingEvent(String topic, String key, UUID id, String type, Instant time, String data) {}
