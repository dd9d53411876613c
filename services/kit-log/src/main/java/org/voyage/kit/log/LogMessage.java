package org.voyage.kit.log;

import com.ethlo.time.ITU;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.trace.EventTraces;

/**
 * Message of the log, with the attributes from its headers but without the headers. Headers take more memory than the
 * rest of the message, and thousands of messages are in progress at a time.
 *
 * @param value the bytes between its position and its limit, backed by an array; read-only
 * @param position outbox position of the sender, -1 when the message names none
 * @param epoch epoch of the sender's log; 0 when the message names none, -1 when it is unreadable
 * @param time time of the change; the time of the message when the header has none or is unreadable
 * @param schemaVersion version of the schema of its data, by its type; 1 when the message names none, -1 for another type
 * @param traceparent span before; null when the event has no trace
 */
public record LogMessage(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable ByteBuffer value,
        String record,
        long position,
        int epoch,
        Instant time,
        int schemaVersion,
        @Nullable String traceparent) {

    private static final String TYPE_HEADER = "ce_type";
    private static final String TYPE_BEGIN = "org.voyage.";
    private static final String TYPE_END = ".changed.v";
    private static final String POSITION_HEADER = "ce_position";
    private static final String EPOCH_HEADER = "ce_epoch";
    private static final String TIME_HEADER = "ce_time";

    /** Creates a message without a trace. */
    public LogMessage(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable ByteBuffer value,
            String record,
            long position,
            int epoch,
            Instant time,
            int schemaVersion) {
        this(topic, partition, offset, key, value, record, position, epoch, time, schemaVersion, null);
    }

    /** Creates a message of the first version of its schema. */
    public LogMessage(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable ByteBuffer value,
            String record,
            long position,
            int epoch,
            Instant time) {
        this(topic, partition, offset, key, value, record, position, epoch, time, 1);
    }

    /** Creates a message of epoch 0. */
    public LogMessage(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable ByteBuffer value,
            String record,
            long position,
            Instant time) {
        this(topic, partition, offset, key, value, record, position, 0, time);
    }

    /** @param firstOffset first offset of the partition's generation */
    static LogMessage of(ConsumerRecord<String, ByteBuffer> message, String record, long firstOffset) {
        Header position = null;
        Header epoch = null;
        Header time = null;
        Header type = null;
        Header traceparent = null;
        // One pass: each search decodes the names of the headers before it.
        for (Header header : message.headers()) {
            switch (header.key()) {
                case POSITION_HEADER -> position = header;
                case EPOCH_HEADER -> epoch = header;
                case TIME_HEADER -> time = header;
                case TYPE_HEADER -> type = header;
                case EventTraces.TRACEPARENT_HEADER -> traceparent = header;
                default -> {}
            }
        }
        return new LogMessage(
                message.topic(),
                message.partition(),
                firstOffset + message.offset(),
                message.key(),
                message.value(),
                record,
                parseNumber(position),
                parseEpoch(epoch),
                time(time, message.timestamp()),
                parseSchemaVersion(record, type),
                text(traceparent));
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }

    LogMessage withTraceparent(String its) {
        return new LogMessage(topic, partition, offset, key, value, record, position, epoch, time, schemaVersion, its);
    }

    /** Reads the version of {@code org.voyage.<record>.changed.v<version>}, without a copy: this is done for each message. */
    private static int parseSchemaVersion(String record, @Nullable Header header) {
        byte[] type = header == null ? null : header.value();
        if (type == null) {
            return 1;
        }
        int middle = TYPE_BEGIN.length() + record.length();
        int end = middle + TYPE_END.length();
        boolean isOfRecord = type.length > end
                && hasText(type, 0, TYPE_BEGIN)
                && hasText(type, TYPE_BEGIN.length(), record)
                && hasText(type, middle, TYPE_END);
        long version = isOfRecord ? parseDigits(type, end) : -1;
        return version <= Integer.MAX_VALUE ? (int) version : -1;
    }

    private static boolean hasText(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns a copy of the value. */
    public byte @Nullable [] copyValue() {
        if (value == null) {
            return null;
        }
        int from = value.arrayOffset() + value.position();
        return Arrays.copyOfRange(value.array(), from, from + value.remaining());
    }

    private static Instant time(@Nullable Header header, long otherwise) {
        byte[] text = header == null ? null : header.value();
        try {
            return text == null
                    ? Instant.ofEpochMilli(otherwise)
                    : ITU.parseDateTime(new String(text, StandardCharsets.UTF_8))
                            .toInstant();
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(otherwise);
        }
    }

    /** Returns the outbox position of a message; -1 when it names none. */
    static long parsePosition(ConsumerRecord<String, ByteBuffer> message) {
        return parseNumber(message.headers().lastHeader(POSITION_HEADER));
    }

    private static int parseEpoch(@Nullable Header header) {
        if (header == null) {
            return 0;
        }
        long epoch = parseNumber(header);
        return epoch <= VersionOrder.MAX_EPOCH ? (int) epoch : -1;
    }

    private static long parseNumber(@Nullable Header header) {
        byte[] digits = header == null ? null : header.value();
        return digits == null ? -1 : parseDigits(digits, 0);
    }

    private static long parseDigits(byte[] text, int from) {
        if (text.length == from || text.length - from > 18) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < text.length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }
}
