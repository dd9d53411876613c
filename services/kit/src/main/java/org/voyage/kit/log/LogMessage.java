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

/**
 * Message of the log, with the attributes from its headers but without the headers. Headers take more memory than the
 * rest of the message, and thousands of messages are in progress at a time.
 *
 * @param value the bytes between its position and its limit, backed by an array; read-only
 * @param position outbox position of the sender, -1 when the message names none
 * @param epoch epoch of the sender's log; 0 when the message names none, -1 when it is unreadable
 * @param time time of the change; the time of the message when the header has none or is unreadable
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
        Instant time) {

    private static final String POSITION_HEADER = "ce_position";
    private static final String EPOCH_HEADER = "ce_epoch";
    private static final String TIME_HEADER = "ce_time";

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
        return new LogMessage(
                message.topic(),
                message.partition(),
                firstOffset + message.offset(),
                message.key(),
                message.value(),
                record,
                parsePosition(message),
                parseEpoch(message.headers().lastHeader(EPOCH_HEADER)),
                time(message.headers().lastHeader(TIME_HEADER), message.timestamp()));
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
        if (digits == null || digits.length == 0 || digits.length > 18) {
            return -1;
        }
        long number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }
}
