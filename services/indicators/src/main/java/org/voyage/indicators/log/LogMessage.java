package org.voyage.indicators.log;

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
        Instant time) {

    private static final String POSITION_HEADER = "ce_position";
    private static final String TIME_HEADER = "ce_time";

    static LogMessage of(ConsumerRecord<String, ByteBuffer> message, String record) {
        return new LogMessage(
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                message.value(),
                record,
                parsePosition(message.headers().lastHeader(POSITION_HEADER)),
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

    private static long parsePosition(@Nullable Header header) {
        byte[] digits = header == null ? null : header.value();
        if (digits == null || digits.length == 0 || digits.length > 18) {
            return -1;
        }
        long position = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            position = position * 10 + (digit - '0');
        }
        return position;
    }
}
