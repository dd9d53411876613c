package org.voyage.kit.bulk.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.CsvCells;
import org.voyage.kit.sheet.CsvRowSplitter;
import org.voyage.kit.sheet.HeadingIndex;
import org.voyage.kit.sheet.HeadingRows;
import org.voyage.kit.sheet.LineSplitter;
import org.voyage.kit.sheet.RecordForm;

/**
 * Detector of the headings and the separator of a CSV file. Of the separators that spreadsheets write, it takes the one
 * that yields the most named columns.
 *
 * @param records number of rows of the file up to the headings, inclusive
 * @param cells the headings, one a column
 * @param text the headings as a line of the same file
 */
public record CsvHeaderDetector(char separator, int records, List<String> cells, String text) {
    private static final char[] SEPARATORS = {',', ';', '\t'};
    /** Maximum number of bytes above the headings. */
    private static final int MAX_TITLE_BYTES = 64 * 1024;

    private static final Pattern LONE_RETURN = Pattern.compile("\\r(?!\\n)");

    /** The first rows of a file, cut at one separator. */
    private static final class CsvBeginning {
        private final char separator;
        private final List<HeadingRows.HeadingRow> rows = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        /** For each row that is not empty, the number of rows of the file up to it, inclusive. */
        private final List<Integer> records = new ArrayList<>();

        private @Nullable Refusal unreadable;

        private CsvBeginning(char separator) {
            this.separator = separator;
        }

        private void readRows(List<LineSplitter.Line> start, LineSplitter file, Charset charset) throws IOException {
            var lines = new LineSplitter(InputStream.nullInputStream(), charset, file.limit());
            lines.pushBack(start);
            var cut = new CsvRowSplitter(lines, separator, charset);
            int read = 0;
            for (var raw = cut.nextRow();
                    raw != null && rows.size() < HeadingRows.MAX_SEARCHED_ROWS;
                    raw = cut.nextRow()) {
                read++;
                if (raw.whole()) {
                    addRow(raw, read);
                }
            }
        }

        private void addRow(CsvRowSplitter.RawCsvRow raw, int read) {
            var row = CsvCells.of(raw.text(), separator);
            if (!raw.sound()) {
                unreadable = new Refusal.Malformed(
                        "The headings cannot be read: the file must be CSV in UTF-8, UTF-16 or GB18030.",
                        "无法读取表头：文件应为 UTF-8、UTF-16 或 GB18030 编码的 CSV。");
                addRow(raw.line(), List.of(), "", read);
            } else if (row.problem() != null) {
                unreadable = new Refusal.Malformed("The headings have " + row.problem() + ".", "表头引号使用有误。");
                addRow(raw.line(), List.of(), raw.text(), read);
            } else if (!row.isBlankRow()) {
                addRow(raw.line(), row.texts(), raw.text(), read);
            }
        }

        /**
         * Adds a row. A row that cannot be read has no cells and is therefore no heading; the row source reports it as
         * a row of data.
         */
        private void addRow(long line, List<String> cells, String text, int read) {
            rows.add(new HeadingRows.HeadingRow(line, cells));
            texts.add(text);
            records.add(read);
        }

        private CsvHeaderDetector toHeadings(HeadingRows found) {
            return new CsvHeaderDetector(
                    separator,
                    records.get(found.lastRow()),
                    found.cells(),
                    found.twoRows() ? joinCells(found.cells(), separator) : texts.get(found.firstRow()));
        }
    }

    /**
     * Reads ahead without consuming the lines.
     *
     * @throws Refusal if no row is the headings
     */
    static CsvHeaderDetector find(LineSplitter lines, Charset charset, RecordForm form) throws IOException {
        var start = lines.peekLines(lines.limit() + MAX_TITLE_BYTES);
        var beginnings = new ArrayList<CsvBeginning>();
        @Nullable CsvBeginning best = null;
        @Nullable HeadingRows headings = null;
        for (char separator : SEPARATORS) {
            var beginning = new CsvBeginning(separator);
            beginning.readRows(start, lines, charset);
            beginnings.add(beginning);
            var found = HeadingRows.findHeadings(beginning.rows, form.headings());
            if (found != null && (headings == null || found.knownColumns() > headings.knownColumns())) {
                headings = found;
                best = beginning;
            }
        }
        requireLineFeeds(best == null ? beginnings.getFirst() : best, headings);
        if (best == null || headings == null) {
            throw missingHeadings(beginnings, form);
        }
        return best.toHeadings(headings);
    }

    private static Refusal missingHeadings(List<CsvBeginning> beginnings, RecordForm form) {
        var unreadable = beginnings.getFirst().unreadable;
        return unreadable != null
                ? unreadable
                : HeadingRows.missingHeadings(
                        beginnings.stream()
                                .flatMap(beginning -> beginning.rows.stream())
                                .toList(),
                        form);
    }

    private static void requireLineFeeds(CsvBeginning beginning, @Nullable HeadingRows headings) {
        int rows = headings == null ? beginning.texts.size() : Math.min(beginning.texts.size(), headings.lastRow() + 1);
        if (beginning.texts.subList(0, rows).stream()
                .anyMatch(text -> LONE_RETURN.matcher(text).find())) {
            throw new Refusal.Malformed(
                    "Lines end with a carriage return only, as on old Macintoshes; please save the file as CSV UTF-8.",
                    "文件以旧版 Macintosh 格式换行，请另存为“CSV UTF-8（逗号分隔）”。");
        }
    }

    /** Returns the separator of a file's headings, given their line. */
    public static char separatorOf(String line, HeadingIndex headings) {
        char best = SEPARATORS[0];
        int most = 0;
        for (char separator : SEPARATORS) {
            int known =
                    HeadingRows.countNamedColumns(CsvCells.of(line, separator).texts(), headings);
            if (known > most) {
                most = known;
                best = separator;
            }
        }
        return best;
    }

    static String joinCells(List<String> cells, char separator) {
        return cells.stream()
                .map(cell -> CsvCells.quoteIfNeeded(cell, separator))
                .collect(Collectors.joining(String.valueOf(separator)));
    }
}
