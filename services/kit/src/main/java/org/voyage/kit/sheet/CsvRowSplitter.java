package org.voyage.kit.sheet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splitter of CSV into rows: a line, and further lines while a quoted cell is open. A quoted cell that does not end
 * within a row's limit makes one row of its first line. After {@value #MAX_QUOTED_LINES} of those every line is a row,
 * so that a hostile file cannot make the reader scan the same bytes endlessly.
 */
public final class CsvRowSplitter {
    private static final int MAX_QUOTED_LINES = 100;
    /** Maximum number of lines of one row. */
    private static final int MAX_LINES_PER_ROW = 1_000;

    /**
     * @param line line of the file where the row begins
     * @param text as it was sent, without the end of its last line
     * @param sound false if some of its bytes are no characters; the text has other characters in their place
     * @param whole false if only the beginning of a row over the limit is given
     */
    public record RawCsvRow(long line, String text, boolean sound, boolean whole) {}

    private final LineSplitter lines;
    private final char separator;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private long line;
    private int openQuotes;

    public CsvRowSplitter(LineSplitter lines, char separator, Charset charset) {
        this.lines = lines;
        this.separator = separator;
        this.charset = charset;
        this.decoder = CsvCharsets.strictDecoder(charset);
    }

    @Nullable
    public RawCsvRow nextRow() throws IOException {
        var first = lines.next();
        if (first == null) {
            return null;
        }
        line++;
        if (!first.whole() || openQuotes >= MAX_QUOTED_LINES || !endsInQuotes(first, false)) {
            return row(List.of(first));
        }
        var taken = new ArrayList<>(List.of(first));
        long bytes = first.bytes().length;
        for (var next = lines.next(); next != null; next = lines.next()) {
            taken.add(next);
            bytes += next.bytes().length + 1;
            if (!next.whole() || bytes > lines.limit() || taken.size() > MAX_LINES_PER_ROW) {
                break;
            }
            if (!endsInQuotes(next, true)) {
                return row(taken);
            }
        }
        openQuotes++;
        lines.pushBack(taken.subList(1, taken.size()));
        return row(List.of(first));
    }

    /** @param quoted whether the line begins inside a quoted cell */
    private boolean endsInQuotes(LineSplitter.Line line, boolean quoted) {
        var text = toCodeUnits(line);
        boolean inQuotes = quoted;
        boolean cellStart = !quoted;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inQuotes && text.startsWith("\"\"", i)) {
                i++;
            } else if (c == '"' && (inQuotes || cellStart)) {
                inQuotes = !inQuotes;
            }
            cellStart = c == separator;
        }
        return inQuotes;
    }

    private RawCsvRow row(List<LineSplitter.Line> taken) {
        var text = new StringBuilder();
        boolean sound = true;
        for (var one : taken) {
            var decoded = decode(one);
            sound &= decoded != null;
            text.append(text.isEmpty() ? "" : "\n").append(decoded == null ? decodeLeniently(one) : decoded);
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        long first = line;
        line += taken.size() - 1;
        return new RawCsvRow(
                first, text.substring(0, end), sound, taken.getFirst().whole());
    }

    private @Nullable String decode(LineSplitter.Line line) {
        try {
            return decoder.decode(ByteBuffer.wrap(line.bytes())).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Returns the text of a line that is not in its charset. Its separators stay. */
    private String decodeLeniently(LineSplitter.Line line) {
        return CsvCharsets.isUtf16(charset) ? toCodeUnits(line) : new String(line.bytes(), StandardCharsets.UTF_8);
    }

    /**
     * Returns the line with a character for each byte, or for each two of UTF-16. Its separators and quotes can be
     * found in it.
     */
    private String toCodeUnits(LineSplitter.Line line) {
        if (!CsvCharsets.isUtf16(charset)) {
            return new String(line.bytes(), StandardCharsets.ISO_8859_1);
        }
        boolean little = charset.equals(StandardCharsets.UTF_16LE);
        return ByteBuffer.wrap(line.bytes())
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .asCharBuffer()
                .toString();
    }
}
