package org.voyage.kit.bulk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Cuts CSV into rows: a line, and further ones while a quoted cell is open. A quoted cell that does not end within a
 * row's limit makes one row of its first line. After {@value #PATIENCE} of those every line is a row, so that a hostile
 * file cannot make the reader look at the same bytes without end.
 */
final class CsvRecords {
    private static final int PATIENCE = 100;
    private static final int MAX_LINES = 1_000;

    /**
     * @param line line of the file where it begins
     * @param text as it was sent, without the end of its last line
     * @param sound false if some of its bytes are no characters; the text has U+FFFD in their place
     * @param whole false if only the beginning of a row over the limit is given
     */
    record Raw(long line, String text, boolean sound, boolean whole) {}

    private final ByteLines lines;
    private final char separator;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private long line;
    private int openQuotes;

    CsvRecords(ByteLines lines, char separator, Charset charset) {
        this.lines = lines;
        this.separator = separator;
        this.charset = charset;
        this.decoder = CsvCharset.strict(charset);
    }

    @Nullable
    Raw next() throws IOException {
        var first = lines.next();
        if (first == null) {
            return null;
        }
        var text = decode(first);
        var row = new Raw(++line, text == null ? replaced(first) : text, text != null, first.whole());
        var whole = row.whole() && openQuotes < PATIENCE && opensQuote(row.text()) ? joined(row, first) : row;
        return whole.text().endsWith("\r")
                ? new Raw(
                        whole.line(),
                        whole.text().substring(0, whole.text().length() - 1),
                        whole.sound(),
                        whole.whole())
                : whole;
    }

    private boolean opensQuote(String text) {
        return quotes(text) % 2 == 1
                && CsvCells.OPEN_QUOTE.equals(CsvCells.of(text, separator).problem());
    }

    /** The row with the lines up to the one that closes its quote; the row alone if there is none within the limit. */
    private Raw joined(Raw row, ByteLines.Line first) throws IOException {
        var taken = new ArrayList<ByteLines.Line>();
        var text = new StringBuilder(row.text());
        int quotes = 1;
        long bytes = first.bytes().length;
        boolean sound = row.sound();
        for (var next = lines.next(); next != null; next = lines.next()) {
            taken.add(next);
            bytes += next.bytes().length + 1;
            if (!next.whole() || bytes > lines.limit() || taken.size() > MAX_LINES) {
                break;
            }
            var decoded = decode(next);
            sound &= decoded != null;
            var more = decoded == null ? replaced(next) : decoded;
            text.append('\n').append(more);
            quotes += quotes(more);
            if (quotes % 2 == 0) {
                line += taken.size();
                return new Raw(row.line(), text.toString(), sound, true);
            }
        }
        openQuotes++;
        lines.giveBack(taken);
        return row;
    }

    private static int quotes(String text) {
        int quotes = 0;
        for (int i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
            quotes++;
        }
        return quotes;
    }

    private @Nullable String decode(ByteLines.Line line) {
        try {
            return decoder.decode(ByteBuffer.wrap(line.bytes())).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private String replaced(ByteLines.Line line) {
        return new String(line.bytes(), charset);
    }
}
