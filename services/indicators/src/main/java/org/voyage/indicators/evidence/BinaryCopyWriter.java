package org.voyage.indicators.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writer of rows in PostgreSQL's binary COPY format: the writer escapes nothing, the server parses nothing. */
final class BinaryCopyWriter {

    private static final byte[] COPY_SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final long MICROS_1970_TO_2000 = 946_684_800_000_000L;

    private byte[] buffer = new byte[1 << 20];
    private int size;

    BinaryCopyWriter() {
        writeBytes(COPY_SIGNATURE, 0, COPY_SIGNATURE.length);
        writeInt32(0);
        writeInt32(0);
    }

    void beginRow(int columns) {
        writeInt16(columns);
    }

    void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeSlice(utf8, 0, utf8.length);
    }

    /** Writes a slice; length 0 represents null. */
    void writeSlice(byte @Nullable [] source, int from, int to) {
        if (source == null) {
            writeInt32(-1);
            return;
        }
        writeInt32(to - from);
        writeBytes(source, from, to);
    }

    void writeSliceOrNull(byte[] source, int from, int to) {
        writeSlice(from == to ? null : source, from, to);
    }

    void writeNumber(int value) {
        writeInt32(4);
        writeInt32(value);
    }

    void writeNumber(long value) {
        writeInt32(8);
        writeInt64(value);
    }

    void writeInstant(Instant instant) {
        writeNumber(Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000 - MICROS_1970_TO_2000));
    }

    /** Ends the rows; no row may follow. */
    byte[] finishRows() {
        writeInt16(-1);
        return Arrays.copyOf(buffer, size);
    }

    private void writeBytes(byte[] source, int from, int to) {
        ensureCapacity(to - from);
        System.arraycopy(source, from, buffer, size, to - from);
        size += to - from;
    }

    private void writeInt16(int value) {
        ensureCapacity(2);
        buffer[size++] = (byte) (value >> 8);
        buffer[size++] = (byte) value;
    }

    private void writeInt32(int value) {
        writeInt16(value >> 16);
        writeInt16(value);
    }

    private void writeInt64(long value) {
        writeInt32((int) (value >> 32));
        writeInt32((int) value);
    }

    private void ensureCapacity(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
        }
    }
}
