package org.voyage.indicators.intake;

import com.ethlo.time.ITU;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One message of the log with the attributes that stand in its headers.
 *
 * @param position outbox position of the sender, -1 when the message names none
 */
public record Delivery(ConsumerRecord<String, byte[]> message, String record, long position) {

    private static final String POSITION = "ce_position";
    private static final String TIME = "ce_time";

    static Delivery of(ConsumerRecord<String, byte[]> message, String record) {
        return new Delivery(message, record, position(message));
    }

    /** When the change was made; the time of the message when it does not say so readably. */
    public Instant time() {
        Header header = message.headers().lastHeader(TIME);
        if (header != null && header.value() != null) {
            try {
                return ITU.parseDateTime(new String(header.value(), StandardCharsets.UTF_8))
                        .toInstant();
            } catch (DateTimeException e) {
                return Instant.ofEpochMilli(message.timestamp());
            }
        }
        return Instant.ofEpochMilli(message.timestamp());
    }

    private static long position(ConsumerRecord<String, byte[]> message) {
        Header header = message.headers().lastHeader(POSITION);
        if (header == null || header.value() == null || header.value().length == 0 || header.value().length > 18) {
            return -1;
        }
        long position = 0;
        for (byte digit : header.value()) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            position = position * 10 + (digit - '0');
        }
        return position;
    }
}
