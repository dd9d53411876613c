package org.voyage.kit.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.HeadingRows;
import org.voyage.kit.sheet.Headings;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.web.Refusal;

/**
 * The headings of a CSV file and what its cells are separated by: of what spreadsheets write, that by which a row names
 * the most columns.
 *
 * @param records how many rows of the file lie up to and with the headings
 * @param cells the headings, one a column
 * @param text the headings as a line of the same file
 */
record CsvHeadings(char separator, int records, List<String> cells, String text) {
    private static final char[] SEPARATORS = {',', ';', '\t'};
    /** Bytes that may stand above the headings. */
    private static final int TITLES = 64 * 1024;

    private static final Pattern LONE_RETURN = Pattern.compile("\\r(?!\\n)");

    /** The first rows of a file, cut at one separator. */
    private static final class Beginning {
        private final char separator;
        private final List<HeadingRows.Row> rows = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        /** Of each row that is not empty, how many rows of the file lie up to and with it. */
        private final List<Integer> records = new ArrayList<>();

        private @Nullable Refusal unreadable;

        private Beginning(char separator) {
            this.separator = separator;
        }

        private void read(List<ByteLines.Line> start, ByteLines file, Charset charset) throws IOException {
            var lines = new ByteLines(InputStream.nullInputStream(), charset, file.limit());
            lines.giveBack(start);
            var cut = new CsvRecords(lines, separator, charset);
            int read = 0;
            for (var raw = cut.next(); raw != null && rows.size() < HeadingRows.LOOKED_AT; raw = cut.next()) {
                read++;
                if (raw.whole()) {
                    add(raw, read);
                }
            }
        }

        private void add(CsvRecords.Raw raw, int read) {
            var row = CsvCells.of(raw.text(), separator);
            if (!raw.sound()) {
                unreadable = new Refusal.Malformed(
                        "The headings cannot be read: the file must be CSV in UTF-8, UTF-16 or GB18030.",
                        "无法读取表头：文件应为 UTF-8、UTF-16 或 GB18030 编码的 CSV。");
                add(raw.line(), List.of(), "", read);
            } else if (row.problem() != null) {
                unreadable = new Refusal.Malformed("The headings have " + row.problem() + ".", "表头引号使用有误。");
                add(raw.line(), List.of(), raw.text(), read);
            } else if (!row.allEmpty()) {
                add(raw.line(), row.texts(), raw.text(), read);
            }
        }

        /** A row that cannot be read has no cells, and so is no headings: it is told as one of the data. */
        private void add(long line, List<String> cells, String text, int read) {
            rows.add(new HeadingRows.Row(line, cells));
            texts.add(text);
            records.add(read);
        }

        private CsvHeadings headings(HeadingRows found) {
            return new CsvHeadings(
                    separator,
                    records.get(found.last()),
                    found.cells(),
                    found.two() ? line(found.cells(), separator) : texts.get(found.first()));
        }
    }

    /**
     * Looks ahead; the lines stay where they are.
     *
     * @throws Refusal if no row is the headings
     */
    static CsvHeadings find(ByteLines lines, Charset charset, RecordForm form) throws IOException {
        var start = lines.ahead(lines.limit() + TITLES);
        var beginnings = new ArrayList<Beginning>();
        @Nullable Beginning best = null;
        @Nullable HeadingRows headings = null;
        for (char separator : SEPARATORS) {
            var beginning = new Beginning(separator);
            beginning.read(start, lines, charset);
            beginnings.add(beginning);
            var found = HeadingRows.find(beginning.rows, form.headings());
            if (found != null && (headings == null || found.known() > headings.known())) {
                headings = found;
                best = beginning;
            }
        }
        requireLineFeeds(best == null ? beginnings.getFirst() : best, headings);
        if (best == null || headings == null) {
            throw missing(beginnings, form);
        }
        return best.headings(headings);
    }

    private static Refusal missing(List<Beginning> beginnings, RecordForm form) {
        var unreadable = beginnings.getFirst().unreadable;
        return unreadable != null
                ? unreadable
                : HeadingRows.missing(
                        beginnings.stream()
                                .flatMap(beginning -> beginning.rows.stream())
                                .toList(),
                        form);
    }

    private static void requireLineFeeds(Beginning beginning, @Nullable HeadingRows headings) {
        int rows = headings == null ? beginning.texts.size() : Math.min(beginning.texts.size(), headings.last() + 1);
        if (beginning.texts.subList(0, rows).stream()
                .anyMatch(text -> LONE_RETURN.matcher(text).find())) {
            throw new Refusal.Malformed(
                    "Lines end with a carriage return only, as on old Macintoshes; please save the file as CSV UTF-8.",
                    "文件以旧版 Macintosh 格式换行，请另存为“CSV UTF-8（逗号分隔）”。");
        }
    }

    /** What the headings of a file are separated by, given its line of them. */
    static char separator(String line, Headings headings) {
        char best = SEPARATORS[0];
        int most = 0;
        for (char separator : SEPARATORS) {
            int known = HeadingRows.named(CsvCells.of(line, separator).texts(), headings);
            if (known > most) {
                most = known;
                best = separator;
            }
        }
        return best;
    }

    static String line(List<String> cells, char separator) {
        return cells.stream()
                .map(cell -> CsvCells.quoteIfNeeded(cell, separator))
                .collect(Collectors.joining(String.valueOf(separator)));
    }
}
