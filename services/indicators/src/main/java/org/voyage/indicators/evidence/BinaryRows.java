package org.voyage.indicators.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows in PostgreSQL's binary COPY format: nothing to escape, nothing to parse on the other side. */
final class BinaryRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final long MICROS_1970_TO_2000 = 946_684_800_000_000L;

    private byte[] buffer = new byte[1 << 20];
    private int size;

    BinaryRows() {
        bytes(SIGNATURE, 0, SIGNATURE.length);
        int32(0);
        int32(0);
    }

    void row(int columns) {
        int16(columns);
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        slice(utf8, 0, utf8.length);
    }

    /** A slice of length 0 stands for null. */
    void slice(byte @Nullable [] source, int from, int to) {
        if (source == null) {
            int32(-1);
            return;
        }
        int32(to - from);
        bytes(source, from, to);
    }

    void sliceOrNull(byte[] source, int from, int to) {
        slice(from == to ? null : source, from, to);
    }

    void number(int value) {
        int32(4);
        int32(value);
    }

    void number(long value) {
        int32(8);
        int64(value);
    }

    void instant(Instant instant) {
        number(Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000 - MICROS_1970_TO_2000));
    }

    /** Ends the rows; nothing may follow. */
    byte[] finish() {
        int16(-1);
        return Arrays.copyOf(buffer, size);
    }

    private void bytes(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, buffer, size, to - from);
        size += to - from;
    }

    private void int16(int value) {
        room(2);
        buffer[size++] = (byte) (value >> 8);
        buffer[size++] = (byte) value;
    }

    private void int32(int value) {
        int16(value >> 16);
        int16(value);
    }

    private void int64(long value) {
        int32((int) (value >> 32));
        int32((int) value);
    }

    private void room(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
        }
    }
}
