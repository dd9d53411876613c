package org.voyage.kit.outbox;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An outbox row as a CloudEvent in Kafka's binary mode: attributes as headers, the JSON as value. */
class CloudEventMapper {

    /** CloudEvents extension: the outbox position, growing within the service. */
    static final String POSITION_ATTRIBUTE = "position";

    /** The most bytes that a key and the attributes of an event take. */
    private static final int MAX_ATTRIBUTE_BYTES = 8 * 1024;

    private static final String TYPE_PREFIX = "org.voyage.";
    private static final Pattern TYPE_PATTERN = Pattern.compile("org\\.voyage\\.[a-z-]+\\.changed\\.v\\d+");

    private final URI source;

    CloudEventMapper(String service) {
        this.source = URI.create("/voyage/" + service);
    }

    ProducerRecord<String, byte[]> toMessage(OutboxRow row) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(row.eventId())
                .withSource(source)
                .withType(row.type())
                .withSubject(row.key())
                .withTime(row.time().atOffset(ZoneOffset.UTC))
                .withDataSchema(schemaOf(row.type()))
                .withDataContentType("application/json")
                .withExtension(POSITION_ATTRIBUTE, Long.toString(row.position()))
                .withData(row.data())
                .build();
        return KafkaMessageFactory.<String>createWriter(
                        row.topic(), row.partition(), row.time().toEpochMilli(), row.key())
                .writeBinary(event);
    }

    /**
     * The largest message, in bytes. The client refuses a larger one before any later one of its key is sent, so every
     * topic has to take this much.
     */
    static int maxMessageBytes(OutboxConfig config) {
        return Math.addExact(config.maxEventBytes(), MAX_ATTRIBUTE_BYTES);
    }

    /** One that cannot be published would stand in the way of all that come after it. */
    static void requireType(String type) {
        if (!TYPE_PATTERN.matcher(type).matches()) {
            throw new IllegalArgumentException("not an event type: " + type);
        }
    }

    /** {@code org.voyage.x.changed.v1} is described by {@code urn:voyage:events:x-changed:v1}. */
    private static URI schemaOf(String type) {
        String name = type.substring(TYPE_PREFIX.length()).replace(".changed.", "-changed:");
        return URI.create("urn:voyage:events:" + name);
    }
}
