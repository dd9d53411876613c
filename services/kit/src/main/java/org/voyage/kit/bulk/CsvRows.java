package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** CSV with a header line; every value is text, and an empty cell is nothing. */
final class CsvRows implements RowSource {
    private final ByteLines lines;
    private final CsvRecords records;
    private final RowKeys keys;
    private final int limit;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final List<String> columns;
    private final String header;
    /** Column of our own refusals in a file that was mended and sent again; -1 in a fresh one. */
    private final int refusedBecause;

    private long number;

    /** @throws Refusal if the header line cannot be used: then nothing of the file can */
    CsvRows(ByteLines lines, RowKeys keys, int limit) throws IOException {
        this.lines = lines;
        this.records = new CsvRecords(lines, limit);
        this.keys = keys;
        this.limit = limit;
        var first = records.next();
        var text = first == null || !first.whole() ? null : decode(first.bytes());
        if (text == null) {
            throw new Refusal.Malformed(
                    "The header line cannot be read: the file must be CSV in UTF-8.", "无法读取表头：文件应为 UTF-8 编码的 CSV。");
        }
        var cells = CsvCells.of(text);
        requireSound(cells);
        this.columns = cells.texts();
        this.refusedBecause = columns.indexOf(Row.REFUSED_BECAUSE);
        this.header = refusedBecause < 0 ? text : cells.without(refusedBecause, text);
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
                        new Finding("", "not-utf-8", "The row is not UTF-8.", "该行不是 UTF-8 编码。"));
            }
            var cells = CsvCells.of(text);
            if (!cells.allEmpty()) {
                return read(++number, record, text, cells);
            }
        }
    }

    private ReadRow read(long row, CsvRecords.Raw record, String text, CsvCells cells) {
        var raw = refusedBecause < 0
                ? record.bytes()
                : cells.without(refusedBecause, text).getBytes(StandardCharsets.UTF_8);
        if (cells.problem() != null) {
            return ReadRow.refused(
                    row,
                    record.line(),
                    raw,
                    true,
                    new Finding("", "malformed", "There is " + cells.problem() + ".", "引号使用有误。"));
        }
        if (cells.texts().size() != columns.size()) {
            // Counted without our own column, which the sender does not know.
            int ours = refusedBecause < 0 ? 0 : 1;
            return ReadRow.refused(
                    row, record.line(), raw, true, cells(cells.texts().size() - ours, columns.size() - ours));
        }
        var value = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            value.put(columns.get(i), cells.texts().get(i));
        }
        return keys.read(row, record.line(), raw, value);
    }

    @Override
    public String header() {
        return header;
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

    private static void requireSound(CsvCells cells) {
        if (cells.problem() != null) {
            throw new Refusal.Malformed("The header has " + cells.problem() + ".", "表头引号使用有误。");
        }
        var seen = new HashSet<String>();
        for (var column : cells.texts()) {
            if (column.isBlank() || !seen.add(column)) {
                throw new Refusal.Malformed(
                        "A column of the header has no name, or the name of another.", "表头中存在空列名或重复列名。");
            }
        }
        if (!seen.contains(Row.SOURCE_ID)) {
            throw new Refusal.Malformed(
                    "The header has no column sourceId. Columns are separated by commas.",
                    "表头缺少 sourceId 列；各列以英文逗号分隔。");
        }
    }

    private @Nullable String decode(byte[] bytes) {
        try {
            return utf8.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
