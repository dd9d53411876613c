package org.voyage.kit.bulk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.Columns;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** CSV with a line of headings, perhaps under a title; every value is text, and an empty cell is nothing. */
final class CsvRows implements RowSource {
    private static final Pattern LONE_RETURN = Pattern.compile("\\r(?!\\n)");

    private final ByteLines lines;
    private final CsvRecords records;
    private final RowKeys keys;
    private final int limit;
    private final boolean utf8;
    private final CharsetDecoder decoder;
    private final Columns columns;
    /** Cells that a row has at least: nobody needs those under no heading at the end. */
    private final int needed;

    private final String header;
    /** Column of our own refusals in a file that was mended and sent again; -1 in a fresh one. */
    private final int refusedBecause;

    private long number;

    /** @throws Refusal if the headings cannot be used: then nothing of the file can */
    CsvRows(ByteLines lines, Charset charset, RowKeys keys, int limit) throws IOException {
        this.lines = lines;
        this.records = new CsvRecords(lines, limit);
        this.keys = keys;
        this.limit = limit;
        this.utf8 = charset.equals(StandardCharsets.UTF_8);
        this.decoder = CsvCharset.strict(charset);
        var text = headings();
        var cells = CsvCells.of(text);
        this.columns = Columns.of(cells.texts(), keys.form());
        int last = columns.size();
        while (columns.names().get(last - 1) == null) {
            last--;
        }
        this.needed = last;
        this.refusedBecause = columns.indexOf(Row.REFUSED_BECAUSE);
        this.header = refusedBecause < 0 ? text : cells.without(refusedBecause, text);
    }

    private String headings() throws IOException {
        Refusal why = Columns.missing();
        for (int i = 0; i < Columns.TITLE_ROWS; i++) {
            var first = records.next();
            if (first == null) {
                throw why;
            }
            var text = first.whole() ? decode(first.bytes()) : null;
            if (text == null) {
                why = new Refusal.Malformed(
                        "The headings cannot be read: the file must be CSV in UTF-8 or GB18030.",
                        "无法读取表头：文件应为 UTF-8 或 GB18030 编码的 CSV。");
                continue;
            }
            if (LONE_RETURN.matcher(text).find()) {
                throw new Refusal.Malformed(
                        "Lines end with a carriage return only, as on old Macintoshes; please save the file as CSV UTF-8.",
                        "文件以旧版 Macintosh 格式换行，请另存为“CSV UTF-8（逗号分隔）”。");
            }
            var cells = CsvCells.of(text);
            if (cells.problem() != null) {
                why = new Refusal.Malformed("The headings have " + cells.problem() + ".", "表头引号使用有误。");
            } else if (Columns.has(cells.texts(), keys.form().headings())) {
                return text;
            }
        }
        throw why;
    }

    @Override
    public @Nullable ReadRow next() throws IOException {
        while (true) {
            var record = records.next();
            if (record == null) {
                return null;
            }
            if (!record.whole()) {
                return Oversize.refused(++number, record.line(), record.bytes(), limit);
            }
            var text = decode(record.bytes());
            if (text == null) {
                return ReadRow.refused(
                        ++number,
                        record.line(),
                        record.bytes(),
                        true,
                        new Finding(
                                "",
                                utf8 ? "not-utf-8" : "not-gb18030",
                                utf8 ? "The row is not UTF-8." : "The row is not GB18030.",
                                utf8 ? "该行不是 UTF-8 编码。" : "该行不是 GB18030 编码。"));
            }
            var cells = CsvCells.of(text);
            if (!cells.allEmpty()) {
                return read(++number, record, text, cells);
            }
        }
    }

    private ReadRow read(long row, CsvRecords.Raw record, String text, CsvCells cells) {
        var raw = refusedBecause < 0 && utf8
                ? record.bytes()
                : (refusedBecause < 0 ? text : cells.without(refusedBecause, text)).getBytes(StandardCharsets.UTF_8);
        if (cells.problem() != null) {
            return ReadRow.refused(
                    row,
                    record.line(),
                    raw,
                    true,
                    new Finding("", "malformed", "There is " + cells.problem() + ".", "引号使用有误。"));
        }
        if (cells.texts().size() < needed || filled(cells.texts()) > columns.size()) {
            // Counted without our own column, which the sender does not know.
            int ours = refusedBecause < 0 ? 0 : 1;
            return ReadRow.refused(
                    row, record.line(), raw, true, cells(cells.texts().size() - ours, columns.size() - ours));
        }
        var nameless = columns.nameless(cells.texts());
        if (nameless != null) {
            return ReadRow.refused(row, record.line(), raw, true, nameless);
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
    public Kept kept(ReadRow row, Hiding hides) {
        if (keys.form().personal().isEmpty()) {
            return Kept.all(row);
        }
        var names = new ArrayList<>(columns.names());
        if (refusedBecause >= 0) {
            names.remove(refusedBecause);
        }
        var cells = CsvCells.of(new String(row.raw(), StandardCharsets.UTF_8));
        if (!row.whole() || cells.problem() != null || cells.texts().size() != names.size()) {
            // Nobody knows where in it the personal values stand.
            return Kept.NOTHING;
        }
        var shown = new ArrayList<String>();
        for (int i = 0; i < cells.texts().size(); i++) {
            var text = cells.texts().get(i);
            var name = names.get(i);
            boolean hide = hides.hides(name == null ? NAMELESS : name, text) || name == null;
            shown.add(text.isBlank() || !hide ? CsvCells.quoteIfNeeded(text) : HIDDEN);
        }
        return new Kept(String.join(",", shown), true);
    }

    private @Nullable String decode(byte[] bytes) {
        try {
            return decoder.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
