package org.voyage.kit.bulk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one CSV row (RFC 4180, also with another separator than the comma).
 *
 * @param texts the cells without their quotes
 * @param starts where each cell begins in the row's text, and one more for the end plus one
 * @param problem what is wrong with the quoting, or null; the cells before it are given nevertheless
 */
record CsvCells(
        List<String> texts, List<Integer> starts, @Nullable String problem) {
    static final String AFTER_QUOTE = "text after a closing quote";
    static final String OPEN_QUOTE = "a quote that is never closed";
    static final String STRAY_QUOTE = "a quote inside a cell that does not begin with one";

    static CsvCells of(String row, char separator) {
        var texts = new ArrayList<String>(16);
        var starts = new ArrayList<Integer>(17);
        int at = 0;
        while (true) {
            starts.add(at);
            int end;
            if (at < row.length() && row.charAt(at) == '"') {
                var cell = new StringBuilder();
                end = quoted(row, at + 1, cell);
                if (end < 0) {
                    return new CsvCells(texts, starts, OPEN_QUOTE);
                }
                if (end < row.length() && row.charAt(end) != separator) {
                    return new CsvCells(texts, starts, AFTER_QUOTE);
                }
                texts.add(cell.toString());
            } else {
                end = row.indexOf(separator, at);
                if (end < 0) {
                    end = row.length();
                }
                var cell = row.substring(at, end);
                if (cell.indexOf('"') >= 0) {
                    return new CsvCells(texts, starts, STRAY_QUOTE);
                }
                texts.add(cell);
            }
            at = end + 1;
            if (end == row.length()) {
                starts.add(at);
                return new CsvCells(texts, starts, null);
            }
        }
    }

    /** The row's text without one cell and the separator that belongs to it. */
    String without(int cell, String row) {
        if (cell + 1 >= starts.size()) {
            return row;
        }
        int from = starts.get(cell);
        int to = starts.get(cell + 1);
        if (to > row.length()) {
            return row.substring(0, Math.max(0, from - 1));
        }
        return row.substring(0, from) + row.substring(to);
    }

    boolean allEmpty() {
        return problem == null && texts.stream().allMatch(String::isBlank);
    }

    /** A text as a quoted cell. */
    static String quote(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    static String quoteIfNeeded(String text, char separator) {
        return text.chars().anyMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r') ? quote(text) : text;
    }

    /** Reads to the closing quote and gives the place after it; -1 if there is none. */
    private static int quoted(String row, int from, StringBuilder cell) {
        int start = from;
        while (true) {
            int quote = row.indexOf('"', start);
            if (quote < 0) {
                return -1;
            }
            cell.append(row, start, quote);
            if (quote + 1 < row.length() && row.charAt(quote + 1) == '"') {
                cell.append('"');
                start = quote + 2;
            } else {
                return quote + 1;
            }
        }
    }
}
