package org.voyage.kit.outbox;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.voyage.kit.trace.EventTraces;

/** Mapper from an outbox row to a CloudEvent in Kafka's binary mode: attributes as headers, the JSON as value. */
class CloudEventMapper {

    /** CloudEvents extension: the outbox position, growing within the service. */
    static final String POSITION_ATTRIBUTE = "position";

    /** CloudEvents extension: the epoch of the log; absent in the first one, 0. */
    static final String EPOCH_ATTRIBUTE = "epoch";

    /** Maximum number of bytes of the key and the attributes of an event. */
    private static final int MAX_ATTRIBUTE_BYTES = 8 * 1024;

    /** Maximum number of bytes that Kafka adds to a message, in a batch of its own. */
    private static final int MAX_ENVELOPE_BYTES = 61 + 21 + 3 * 5;

    private static final int MAX_HEADER_ENVELOPE_BYTES = 2 * 5;

    private static final int MAX_BYTES_PER_CHAR = 3;

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
        ProducerRecord<String, byte[]> message = KafkaMessageFactory.<String>createWriter(
                        row.topic(), row.partition(), row.time().toEpochMilli(), row.key())
                .writeBinary(event.build());
        if (row.traceparent() != null) {
            setTraceparent(message, row.traceparent());
        }
        return message;
    }

    /** Names the span before: in a header of Kafka's, no attribute of the event, which is the same with and without traces. */
    static void setTraceparent(ProducerRecord<String, byte[]> message, String traceparent) {
        message.headers()
                .remove(EventTraces.TRACEPARENT_HEADER)
                .add(EventTraces.TRACEPARENT_HEADER, traceparent.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Returns the largest message, in bytes. The client refuses a larger one before it sends a later one of its key, so
     * every topic must accept this size.
     */
    static int maxMessageBytes(OutboxConfig config) {
        return Math.addExact(config.maxEventBytes(), MAX_ATTRIBUTE_BYTES);
    }

    /**
     * Returns an upper bound of the size of a message, in bytes: at least the estimate of Kafka's client. A message that the
     * client refuses would end the whole transaction.
     */
    static long estimateSize(ProducerRecord<String, byte[]> message) {
        long bytes =
                MAX_ENVELOPE_BYTES + (long) MAX_BYTES_PER_CHAR * message.key().length() + message.value().length;
        for (Header header : message.headers()) {
            bytes += MAX_HEADER_ENVELOPE_BYTES
                    + (long) MAX_BYTES_PER_CHAR * header.key().length();
            bytes += header.value().length;
        }
        return bytes;
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
