package org.voyage.kit.bulk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes at line feeds. It gives bytes back to be cut again, so that a quoted cell that never ends
 * costs one row and not the rest of the file.
 */
final class ByteLines implements Closeable {
    private final InputStream in;
    private byte[] buffer;
    private int start;
    private int end;
    private long total;
    private boolean ended;
    private final boolean bom;

    ByteLines(InputStream in) throws IOException {
        this.in = in;
        this.buffer = new byte[64 * 1024];
        while (end < 3 && fill()) {
            // a byte order mark is three bytes
        }
        this.bom = end >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF;
        if (bom) {
            start = 3;
        }
    }

    /** Bytes of the file that lie before the current position. */
    long position() {
        return total - (end - start);
    }

    boolean bom() {
        return bom;
    }

    /** Whether the file is UTF-16 by its byte order mark. */
    boolean utf16() {
        return end >= 2 && CsvCharset.ofMark(buffer[0], buffer[1]) != null;
    }

    /** Byte number i after the current position, from 0 to 255, or -1 if the file ends before it. */
    int peek(int i) throws IOException {
        while (start + i >= end) {
            if (!fill()) {
                return -1;
            }
        }
        return buffer[start + i] & 0xFF;
    }

    /** Distance from the current position to the next line feed at or after offset; -1 if none is within the limit. */
    int lineFeed(int offset, int limit) throws IOException {
        int i = offset;
        while (i <= limit) {
            for (; start + i < end && i <= limit; i++) {
                if (buffer[start + i] == '\n') {
                    return i;
                }
            }
            if (i <= limit && !fill()) {
                return -1;
            }
        }
        return -1;
    }

    boolean atEnd() throws IOException {
        return peek(0) == -1 && ended;
    }

    /** How many bytes are left, at most so many. */
    int available(int most) throws IOException {
        while (end - start < most && fill()) {
            // as far as the file goes
        }
        return Math.min(most, end - start);
    }

    /** The next so many bytes; they stay. */
    byte[] copy(int length) {
        return Arrays.copyOfRange(buffer, start, start + length);
    }

    void skip(int length) {
        start += length;
    }

    /** Leaves everything behind up to and including the next line feed, or the end. */
    void skipLine() throws IOException {
        while (true) {
            for (int i = start; i < end; i++) {
                if (buffer[i] == '\n') {
                    start = i + 1;
                    return;
                }
            }
            start = end;
            if (!fill()) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0 && (start == end || end == buffer.length)) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
            return false;
        }
        end += read;
        total += read;
        return true;
    }
}
