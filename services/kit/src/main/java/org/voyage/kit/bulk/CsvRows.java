package org.voyage.kit.bulk;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.Columns;
import org.voyage.kit.sheet.NoRecord;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** CSV with a line of headings, perhaps under a title; every value is text, and an empty cell is nothing. */
final class CsvRows implements RowSource {
    private final ByteLines lines;
    private final Charset charset;
    private final CsvRecords records;
    private final RowKeys keys;
    private final char separator;
    private final Columns columns;
    /** Cells that a row has at least: nobody needs those under no heading at the end. */
    private final int needed;

    private final String header;
    /** Column of our own refusals in a file that was mended and sent again; -1 in a fresh one. */
    private final int refusedBecause;

    private long number;

    /**
     * @param charset what the lines are in
     * @throws Refusal if the headings cannot be used: then nothing of the file can
     */
    CsvRows(ByteLines lines, Charset charset, RowKeys keys) throws IOException {
        this.lines = lines;
        this.charset = charset;
        this.keys = keys;
        var headings = CsvHeadings.find(lines, charset, keys.form());
        this.separator = headings.separator();
        this.records = new CsvRecords(lines, separator, charset);
        for (int i = 0; i < headings.records(); i++) {
            records.next();
        }
        this.columns = Columns.of(headings.cells(), keys.form());
        int last = columns.size();
        while (columns.names().get(last - 1) == null) {
            last--;
        }
        this.needed = last;
        this.refusedBecause = columns.indexOf(Row.REFUSED_BECAUSE);
        this.header =
                refusedBecause < 0 ? headings.text() : cells(headings.text()).without(refusedBecause, headings.text());
    }

    private CsvCells cells(String row) {
        return CsvCells.of(row, separator);
    }

    @Override
    public @Nullable ReadRow next() throws IOException {
        while (true) {
            var record = records.next();
            if (record == null) {
                return null;
            }
            if (!record.whole()) {
                return Oversize.refused(++number, record.line(), raw(record.text()), lines.limit());
            }
            if (!record.sound()) {
                return ReadRow.refused(++number, record.line(), raw(record.text()), true, undecodable());
            }
            var cells = cells(record.text());
            if (!cells.allEmpty()) {
                return read(++number, record, cells);
            }
        }
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Finding undecodable() {
        if (CsvCharset.isUtf16(charset)) {
            return new Finding("", "not-utf-16", "The row is not UTF-16.", "该行不是 UTF-16 编码。");
        }
        return charset.equals(StandardCharsets.UTF_8)
                ? new Finding("", "not-utf-8", "The row is not UTF-8.", "该行不是 UTF-8 编码。")
                : new Finding("", "not-gb18030", "The row is not GB18030.", "该行不是 GB18030 编码。");
    }

    private ReadRow read(long row, CsvRecords.Raw record, CsvCells cells) {
        var raw = raw(refusedBecause < 0 ? record.text() : cells.without(refusedBecause, record.text()));
        if (cells.problem() != null) {
            return ReadRow.refused(
                    row,
                    record.line(),
                    raw,
                    true,
                    new Finding("", "malformed", "There is " + cells.problem() + ".", cells.problemZh()));
        }
        var noRecord = NoRecord.finding(cells.texts(), columns.indexOf(Row.SOURCE_ID));
        if (noRecord != null) {
            return ReadRow.refused(row, record.line(), raw, true, noRecord);
        }
        if (cells.texts().size() < needed || filled(cells.texts()) > columns.size()) {
            // Counted without our own column, which the sender does not know.
            int ours = refusedBecause < 0 ? 0 : 1;
            return ReadRow.refused(
                    row, record.line(), raw, true, cells(cells.texts().size() - ours, columns.size() - ours));
        }
        var nameless = columns.nameless(cells.texts());
        if (nameless != null) {
            return keys.refused(row, record.line(), raw, columns.row(cells.texts()), nameless);
        }
        return keys.read(row, record.line(), raw, columns.row(cells.texts()));
    }

    @Override
    public String header() {
        return header;
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
    public boolean bom() {
        return lines.bom();
    }

    private static Finding cells(int found, int expected) {
        return new Finding(
                "",
                "cells",
                "The row has " + found + " cells, the header " + expected + ".",
                "该行有 " + found + " 个单元格，表头有 " + expected + " 个。");
    }

    /** How many cells there are up to the last that is not empty. */
    private static int filled(List<String> cells) {
        int filled = cells.size();
        while (filled > 0 && CellText.strip(cells.get(filled - 1)).isEmpty()) {
            filled--;
        }
        return filled;
    }

    @Override
    public boolean maybePersonal() {
        return columns.anyOf(keys.form().personal());
    }

    @Override
    public Kept kept(ReadRow row, Hiding hides) {
        if (!maybePersonal()) {
            return Kept.all(row);
        }
        var names = new ArrayList<>(columns.names());
        if (refusedBecause >= 0) {
            names.remove(refusedBecause);
        }
        var cells = cells(new String(row.raw(), StandardCharsets.UTF_8));
        if (!row.whole() || cells.problem() != null || cells.texts().size() != names.size()) {
            // Nobody knows where in it the personal values stand.
            return Kept.NOTHING;
        }
        var shown = new ArrayList<String>();
        for (int i = 0; i < cells.texts().size(); i++) {
            var text = cells.texts().get(i);
            var name = names.get(i);
            boolean hide = hides.hides(name == null ? NAMELESS : name, text) || name == null;
            shown.add(text.isBlank() || !hide ? CsvCells.quoteIfNeeded(text, separator) : HIDDEN);
        }
        return new Kept(String.join(String.valueOf(separator), shown), true);
    }
}
