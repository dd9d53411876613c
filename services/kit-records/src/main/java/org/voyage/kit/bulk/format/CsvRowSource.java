package org.voyage.kit.bulk.format;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.CellShorthandReader;
import org.voyage.kit.sheet.CsvCells;
import org.voyage.kit.sheet.CsvCharsets;
import org.voyage.kit.sheet.CsvRowSplitter;
import org.voyage.kit.sheet.FileColumn;
import org.voyage.kit.sheet.LineSplitter;
import org.voyage.kit.sheet.NonRecordRow;
import org.voyage.kit.sheet.TableColumns;

/**
 * Row source for CSV with a line of headings, perhaps under a title. Every value is text, and an empty cell is absent.
 */
final class CsvRowSource implements RowSource {
    private final LineSplitter lines;
    private final Charset charset;
    private final CsvRowSplitter records;
    private final RowEnvelopeParser keys;
    private final char separator;
    private final TableColumns columns;
    private final CellShorthandReader shorthand;
    /** Minimum number of cells of a row; cells at the end without a heading may be missing. */
    private final int needed;

    private final String header;
    private final IgnoredParts ignored;
    /** Places of the columns that are not kept, the last first. */
    private final List<Integer> dropped;

    private long number;

    /**
     * @param charset of the lines
     * @throws Refusal if the file has no headings
     */
    CsvRowSource(LineSplitter lines, Charset charset, RowEnvelopeParser keys) throws IOException {
        this.lines = lines;
        this.charset = charset;
        this.keys = keys;
        var headings = CsvHeaderDetector.find(lines, charset, keys.form());
        this.separator = headings.separator();
        this.records = new CsvRowSplitter(lines, separator, charset);
        for (int i = 0; i < headings.records(); i++) {
            records.nextRow();
        }
        this.columns = TableColumns.of(headings.cells(), keys.form());
        int last = columns.size();
        while (last > 0 && columns.names().get(last - 1) == null) {
            last--;
        }
        this.needed = last;
        this.shorthand = new CellShorthandReader(columns, keys.form());
        this.ignored = new IgnoredParts(columns, keys.form());
        this.dropped = ignored.droppedColumns();
        this.header = withoutDroppedColumns(headings.text());
    }

    private String withoutDroppedColumns(String row) {
        var rest = row;
        for (int column : dropped) {
            rest = splitCells(rest).withoutCell(column, rest);
        }
        return rest;
    }

    private CsvCells splitCells(String row) {
        return CsvCells.of(row, separator);
    }

    @Override
    public @Nullable ParsedRow nextRow() throws IOException {
        while (true) {
            var record = records.nextRow();
            if (record == null) {
                return null;
            }
            if (!record.whole()) {
                return OversizedRowRefusals.refused(++number, record.line(), raw(record.text()), lines.limit());
            }
            if (!record.sound()) {
                return ParsedRow.refused(++number, record.line(), raw(record.text()), true, undecodableFinding());
            }
            var cells = splitCells(record.text());
            if (!cells.isBlankRow()
                    && (cells.problem() != null || !ignored.passOver(cells.plainTexts(), record.line()))) {
                return readRow(++number, record, cells);
            }
        }
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Finding undecodableFinding() {
        if (CsvCharsets.isUtf16(charset)) {
            return new Finding("", "not-utf-16", "The row is not UTF-16.", "该行不是 UTF-16 编码。");
        }
        return charset.equals(StandardCharsets.UTF_8)
                ? new Finding("", "not-utf-8", "The row is not UTF-8.", "该行不是 UTF-8 编码。")
                : new Finding("", "not-gb18030", "The row is not GB18030.", "该行不是 GB18030 编码。");
    }

    private ParsedRow readRow(long row, CsvRowSplitter.RawCsvRow record, CsvCells cells) {
        var raw = raw(withoutDroppedColumns(record.text()));
        if (cells.problem() != null) {
            return ParsedRow.refused(
                    row,
                    record.line(),
                    raw,
                    true,
                    new Finding("", "malformed", "There is " + cells.problem() + ".", cells.problemZh()));
        }
        var texts = cells.plainTexts();
        var noRecord = NonRecordRow.detectNonRecord(texts, columns.indexOf(SubmittedRow.SOURCE_ID));
        if (noRecord != null) {
            return ParsedRow.refused(row, record.line(), raw, true, noRecord);
        }
        if (texts.size() < needed || countFilled(texts) > columns.size()) {
            // Counted without the service's own column, which the sender does not know.
            int ours = columns.indexOf(SubmittedRow.REFUSED_BECAUSE) < 0 ? 0 : 1;
            return ParsedRow.refused(
                    row, record.line(), raw, true, wrongCellCount(texts.size() - ours, columns.size() - ours));
        }
        var nameless = columns.checkUnnamedCells(texts);
        if (nameless != null) {
            return ParsedRow.refused(row, record.line(), raw, true, nameless);
        }
        var written = shorthand.readRow(texts);
        var kept = written.repeats()
                ? raw(withoutDroppedColumns(CsvHeaderDetector.joinCells(written.kept(), separator)))
                : raw;
        return keys.parseRow(
                row, record.line(), kept, columns.toObject(written.read()), written.problems(), written.warnings());
    }

    @Override
    public List<FileColumn> columns() {
        return columns.readings();
    }

    @Override
    public void requireReadableColumns() {
        columns.requireReadable();
    }

    @Override
    public @Nullable String header() {
        return columns.isReadable() ? header : null;
    }

    @Override
    public long position() {
        return lines.position();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    @Override
    public Map<Finding, Long> ignoredParts() {
        return ignored.findings();
    }

    @Override
    public boolean hasByteOrderMark() {
        return lines.hasByteOrderMark();
    }

    private static Finding wrongCellCount(int found, int expected) {
        return new Finding(
                "",
                "cells",
                "The row has " + found + " cells, the header " + expected + ".",
                "该行有 " + found + " 个单元格，表头有 " + expected + " 个。");
    }

    /** Returns the number of cells up to the last one that is not empty. */
    private static int countFilled(List<String> cells) {
        int filled = cells.size();
        while (filled > 0 && CellTextParser.strip(cells.get(filled - 1)).isEmpty()) {
            filled--;
        }
        return filled;
    }

    @Override
    public boolean mayHoldPersonalData() {
        return columns.hasAnyOf(keys.form().personal());
    }

    @Override
    public RetainedRow retain(ParsedRow row, ValueHider hides) {
        var names = new ArrayList<>(columns.names());
        dropped.forEach(column -> names.remove(column.intValue()));
        var cells = splitCells(new String(row.raw(), StandardCharsets.UTF_8));
        if (!row.whole() || cells.problem() != null || cells.texts().size() != names.size()) {
            // The position of the personal values in the row is unknown.
            return RetainedRow.NOTHING_RETAINED;
        }
        var shown = new ArrayList<String>();
        for (int i = 0; i < cells.texts().size(); i++) {
            var text = cells.texts().get(i);
            var name = names.get(i);
            boolean hide = hides.hidesValue(name == null ? NAMELESS : name, text) || name == null;
            shown.add(text.isBlank() || !hide ? CsvCells.quoteIfNeeded(text, separator) : HIDDEN);
        }
        return new RetainedRow(String.join(String.valueOf(separator), shown), true);
    }
}
