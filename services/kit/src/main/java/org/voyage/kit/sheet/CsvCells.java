package org.voyage.kit.sheet;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells of one CSV row (RFC 4180, also with another separator than the comma), read by Jackson. Jackson accepts a quote
 * inside a cell without quotes and blanks behind a closing quote; this class reports both as a problem.
 *
 * @param texts the cells without their quotes
 * @param starts start of each cell in the row's text, and a last element for the end plus one
 * @param problem fault of the quoting, or null; the cells before the fault are given nevertheless
 */
public record CsvCells(
        List<String> texts, List<Integer> starts, @Nullable String problem) {
    public static final String AFTER_QUOTE = "text after a closing quote";
    public static final String OPEN_QUOTE = "a quote that is never closed";
    public static final String STRAY_QUOTE = "a quote inside a cell that does not begin with one";
    public static final String LONE_RETURN = "a carriage return without a line feed";
    private static final CsvFactory CSV = new CsvFactory();

    public static CsvCells of(String row, char separator) {
        var texts = new ArrayList<String>(16);
        var starts = new ArrayList<Integer>(17);
        starts.add(0);
        try (var parser = CSV.createParser(row)) {
            parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    var text = parser.getText();
                    int start = starts.getLast();
                    boolean quoted = row.startsWith("\"", start);
                    if (!quoted && text.indexOf('"') >= 0) {
                        return new CsvCells(texts, starts, STRAY_QUOTE);
                    }
                    int end = start + (quoted ? quote(text) : text).length();
                    if (end < row.length() && row.charAt(end) != separator) {
                        return new CsvCells(texts, starts, row.charAt(end) == '\r' ? LONE_RETURN : AFTER_QUOTE);
                    }
                    texts.add(text);
                    starts.add(end + 1);
                }
            }
            return new CsvCells(texts, starts, null);
        } catch (IOException e) {
            boolean open =
                    row.substring(starts.getLast() + 1).replace("\"\"", "").indexOf('"') < 0;
            return new CsvCells(texts, starts, open ? OPEN_QUOTE : AFTER_QUOTE);
        }
    }

    /** Returns the row's text without one cell and its separator. */
    public String withoutCell(int cell, String row) {
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

    public String problemZh() {
        return LONE_RETURN.equals(problem) ? "行内有单独的回车符。" : "引号使用有误。";
    }

    public boolean isBlankRow() {
        return problem == null && texts.stream().allMatch(String::isBlank);
    }

    /**
     * Returns the row with an apostrophe before each cell that a spreadsheet program would run as a formula; numbers stay.
     * A row without such a cell comes back unchanged. In one whose quoting is at fault every piece between separators
     * counts as a cell, because programs read it in different ways.
     */
    public static String escapeFormulas(String row, char separator) {
        var cells = of(row, separator);
        if (cells.problem() == null && cells.texts().stream().noneMatch(FormulaEscape::isHarmful)) {
            return row;
        }
        var escaped = new StringBuilder(row.length() + 8);
        if (cells.problem() != null) {
            int from = 0;
            for (int i = 0; i <= row.length(); i++) {
                if (i == row.length() || row.charAt(i) == separator || FormulaEscape.isSeparator(row.charAt(i))) {
                    var piece = row.substring(from, i);
                    escaped.append(FormulaEscape.isHarmful(piece.replace("\"", "")) ? "'" : "")
                            .append(piece);
                    from = i + 1;
                    escaped.append(i < row.length() ? row.substring(i, from) : "");
                }
            }
            return escaped.toString();
        }
        for (int i = 0; i < cells.texts().size(); i++) {
            var text = cells.texts().get(i);
            int start = cells.starts().get(i);
            int end = Math.min(row.length(), cells.starts().get(i + 1) - 1);
            escaped.append(i == 0 ? "" : separator)
                    .append(
                            FormulaEscape.isHarmful(text)
                                    ? quote(FormulaEscape.escapeFormula(text))
                                    : row.substring(Math.min(start, end), end));
        }
        return escaped.toString();
    }

    /** Returns the texts without the apostrophes of {@link #escapeFormulas}. */
    public List<String> plainTexts() {
        return texts.stream().anyMatch(text -> text.indexOf('\'') >= 0)
                ? texts.stream().map(FormulaEscape::removeEscape).toList()
                : texts;
    }

    /** Returns a text as a quoted cell. */
    public static String quote(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    public static String quoteIfNeeded(String text, char separator) {
        return text.chars().anyMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r') ? quote(text) : text;
    }
}
