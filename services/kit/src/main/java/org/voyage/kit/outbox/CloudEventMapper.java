package org.voyage.kit.outbox;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Mapper from an outbox row to a CloudEvent in Kafka's binary mode: attributes as headers, the JSON as value. */
class CloudEventMapper {

    /** CloudEvents extension: the outbox position, growing within the service. */
    static final String POSITION_ATTRIBUTE = "position";

    /** CloudEvents extension: the epoch of the log; absent in the first one, 0. */
    static final String EPOCH_ATTRIBUTE = "epoch";

    /** Maximum number of bytes of the key and the attributes of an event. */
    private static final int MAX_ATTRIBUTE_BYTES = 8 * 1024;

    private static final String TYPE_PREFIX = "org.voyage.";
    private static final Pattern TYPE_PATTERN = Pattern.compile("org\\.voyage\\.[a-z-]+\\.changed\\.v\\d+");

    private final URI source;
    private final int currentEpoch;

    /** @param currentEpoch epoch of the events that name none */
    CloudEventMapper(String service, int currentEpoch) {
        this.source = sourceOf(service);
        this.currentEpoch = currentEpoch;
    }

    static URI sourceOf(String service) {
        return URI.create("/voyage/" + service);
    }

    ProducerRecord<String, byte[]> toMessage(OutboxRow row) {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(row.eventId())
                .withSource(source)
                .withType(row.type())
                .withSubject(row.key())
                .withTime(row.time().atOffset(ZoneOffset.UTC))
                .withDataSchema(schemaOf(row.type()))
                .withDataContentType("application/json")
                .withExtension(POSITION_ATTRIBUTE, Long.toString(row.position()))
                .withData(row.data());
        int epoch = row.epoch() == null ? currentEpoch : row.epoch();
        if (epoch > 0) {
            event.withExtension(EPOCH_ATTRIBUTE, Integer.toString(epoch));
        }
        return KafkaMessageFactory.<String>createWriter(
                        row.topic(), row.partition(), row.time().toEpochMilli(), row.key())
                .writeBinary(event.build());
    }

    /**
     * Returns the largest message, in bytes. The client refuses a larger one before it sends a later one of its key, so
     * every topic must accept this size.
     */
    static int maxMessageBytes(OutboxConfig config) {
        return Math.addExact(config.maxEventBytes(), MAX_ATTRIBUTE_BYTES);
    }

    /** Requires a valid event type, because an unpublishable event would block all later ones of its key. */
    static void requireType(String type) {
        if (!TYPE_PATTERN.matcher(type).matches()) {
            throw new IllegalArgumentException("not an event type: " + type);
        }
    }

    /**
     * Returns the schema of an event type: {@code org.voyage.x.changed.v1} has {@code urn:voyage:events:x-changed:v1}.
     */
    private static URI schemaOf(String type) {
        String name = type.substring(TYPE_PREFIX.length()).replace(".changed.", "-changed:");
        return URI.create("urn:voyage:events:" + name);
    }
}
