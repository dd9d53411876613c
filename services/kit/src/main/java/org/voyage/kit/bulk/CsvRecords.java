package org.voyage.kit.bulk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts CSV into rows: at line feeds that are not inside a quoted cell. A quoted cell that does not end within a row's
 * limit makes one row of its first line. After {@value #PATIENCE} of those every line is a row, so that nobody can make
 * the reader look at the same bytes for ever.
 */
final class CsvRecords {
    private static final int PATIENCE = 100;

    /**
     * @param line line of the file where it begins
     * @param whole false if only the beginning of a row over the limit is given
     */
    record Raw(long line, byte[] bytes, boolean whole) {}

    private final ByteLines lines;
    private final char separator;
    private final int limit;
    private long line = 1;
    private int openQuotes;

    /** @param separator of cells, one of ASCII that no character of several bytes has in it */
    CsvRecords(ByteLines lines, char separator, int limit) {
        this.lines = lines;
        this.separator = separator;
        this.limit = limit;
    }

    @Nullable
    Raw next() throws IOException {
        if (lines.atEnd()) {
            return null;
        }
        long first = line;
        int end = openQuotes < PATIENCE ? endOfRow() : -1;
        if (end < 0) {
            return firstLine(first);
        }
        var bytes = lines.copy(end);
        lines.skip(lines.peek(end) == '\n' ? end + 1 : end);
        for (byte b : bytes) {
            if (b == '\n') {
                line++;
            }
        }
        line++;
        return new Raw(first, NdjsonRows.withoutReturn(bytes), true);
    }

    private Raw firstLine(long first) throws IOException {
        line++;
        int feed = lines.lineFeed(0, limit);
        int length = feed >= 0 ? feed : lines.available(limit + 1);
        if (length > limit) {
            var beginning = lines.copy(Oversize.KEPT);
            lines.skipLine();
            return new Raw(first, beginning, false);
        }
        var bytes = lines.copy(length);
        lines.skip(feed >= 0 ? length + 1 : length);
        return new Raw(first, NdjsonRows.withoutReturn(bytes), true);
    }

    /** Length of the row at the current position; -1 if it is over the limit or a quote stays open to the end. */
    private int endOfRow() throws IOException {
        boolean quoted = false;
        boolean cellStart = true;
        for (int i = 0; i <= limit; i++) {
            int b = lines.peek(i);
            if (b == -1) {
                if (!quoted) {
                    return i;
                }
                break;
            }
            if (quoted) {
                // An escaped quote closes and opens again: the second one stands where a cell could begin anew.
                if (b == '"') {
                    if (lines.peek(i + 1) == '"') {
                        i++;
                    } else {
                        quoted = false;
                    }
                }
            } else if (b == '\n') {
                return i;
            } else if (b == '"' && cellStart) {
                quoted = true;
            }
            cellStart = b == separator;
        }
        openQuotes++;
        return -1;
    }
}
