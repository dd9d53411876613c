package org.voyage.kit.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splitter of a stream of bytes at line feeds. Lines can be given back and are then read again. */
public final class LineSplitter implements Closeable {
    /** Bytes of a line over the limit that are kept. */
    private static final int MAX_KEPT_BYTES = 300;

    private static final int BYTE_ORDER_MARK_BYTES = 3;
    /** Bytes of memory of a line in addition to its text. */
    private static final int LINE_OVERHEAD_BYTES = 64;

    private final InputStream in;
    private final byte[] feed;
    private final int limit;
    private final boolean bom;
    private final @Nullable Charset marked;
    private final Deque<Line> pushedBack = new ArrayDeque<>();
    private final byte[] chunk = new byte[64 * 1024];
    private int start;
    private int end;
    private long position;
    private byte[] text = new byte[1024];

    /**
     * A line without its line feed.
     *
     * @param start place of its first byte in the file
     * @param whole false for a line over the limit; the bytes are its beginning
     */
    public record Line(long start, byte[] bytes, boolean whole) {}

    /**
     * @param charset UTF-16 in one of its two orders, or a charset in which a line feed is the byte of ASCII
     * @param limit most bytes of a line
     */
    public LineSplitter(InputStream in, Charset charset, int limit) throws IOException {
        this.in = in;
        this.feed = "\n".getBytes(charset);
        this.limit = limit;
        this.end = in.readNBytes(chunk, 0, BYTE_ORDER_MARK_BYTES);
        this.marked = end < 2 ? null : CsvCharsets.fromByteOrderMark(chunk[0], chunk[1]);
        var mark = "\uFEFF".getBytes(CsvCharsets.isUtf16(charset) ? charset : StandardCharsets.UTF_8);
        this.bom = end >= mark.length && Arrays.equals(chunk, 0, mark.length, mark, 0, mark.length);
        this.start = bom ? mark.length : 0;
        this.position = start;
    }

    public int limit() {
        return limit;
    }

    /** Returns whether the file began with a byte order mark. */
    public boolean hasByteOrderMark() {
        return bom;
    }

    /** Returns the order of UTF-16 by the first two bytes of the file; null if they are no byte order mark of it. */
    @Nullable
    public Charset markedCharset() {
        return marked;
    }

    /** Returns the number of bytes of the file before the next line. */
    public long position() {
        var next = pushedBack.peek();
        return next == null ? position : next.start();
    }

    public boolean isEmpty() throws IOException {
        return pushedBack.isEmpty() && !fillBuffer();
    }

    /** Returns the next line; null at the end. */
    @Nullable
    public Line next() throws IOException {
        var line = pushedBack.poll();
        return line != null || !fillBuffer() ? line : read();
    }

    /**
     * Gives lines back, to be read again.
     *
     * @param lines the last lines read, in their order
     */
    public void pushBack(List<Line> lines) {
        lines.reversed().forEach(pushedBack::addFirst);
    }

    /** Returns the next lines, in about so many bytes of memory, without consuming them. */
    public List<Line> peekLines(int most) throws IOException {
        var lines = new ArrayList<Line>();
        long taken = 0;
        for (var line = next(); line != null; line = taken > most ? null : next()) {
            lines.add(line);
            taken += line.whole() ? line.bytes().length + LINE_OVERHEAD_BYTES : limit;
        }
        pushBack(lines);
        return lines;
    }

    private Line read() throws IOException {
        long first = position;
        long length = 0;
        byte before = 0;
        while (fillBuffer()) {
            byte b = chunk[start++];
            position++;
            if (b == feed[feed.length - 1] && (feed.length == 1 || ((length & 1) == 1 && before == feed[0]))) {
                length -= feed.length - 1;
                break;
            }
            if (length == text.length && length <= limit) {
                text = Arrays.copyOf(text, text.length * 2);
            }
            if (length < text.length) {
                text[(int) length] = b;
            }
            length++;
            before = b;
        }
        boolean whole = length <= limit;
        return new Line(first, Arrays.copyOf(text, whole ? (int) length : MAX_KEPT_BYTES), whole);
    }

    /** Fills the buffer and returns whether there is a byte to read. */
    private boolean fillBuffer() throws IOException {
        while (start == end) {
            int read = in.read(chunk, 0, chunk.length);
            if (read < 0) {
                return false;
            }
            start = 0;
            end = read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
