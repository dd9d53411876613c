package org.voyage.kit.bulk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.voyage.kit.web.Finding;

/** A small CSV text (RFC 4180, UTF-8 with or without a byte order mark) as a whole, for files that hold no records. */
public final class CsvText {

    private static final int LONGEST_ROW = 64 * 1024;

    private CsvText() {}

    /**
     * A row with something in it.
     *
     * @param line of the file where it begins, from 1
     * @param cells without their quotes; those before the fault when there is one
     * @param fault why it cannot be read; its pointer is {@code /line}
     */
    public record Row(long line, List<String> cells, Optional<Finding> fault) {}

    /** The rows in their order, empty ones left out. */
    public static List<Row> rows(byte[] csv) {
        List<Row> rows = new ArrayList<>();
        try (ByteLines lines = new ByteLines(new ByteArrayInputStream(csv), StandardCharsets.UTF_8, LONGEST_ROW)) {
            CsvRecords records = new CsvRecords(lines, ',', StandardCharsets.UTF_8);
            for (CsvRecords.Raw raw = records.next(); raw != null; raw = records.next()) {
                Row row = row(raw);
                if (row.fault().isPresent() || !row.cells().stream().allMatch(String::isBlank)) {
                    rows.add(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Row row(CsvRecords.Raw raw) {
        if (!raw.whole()) {
            return fault(
                    raw,
                    List.of(),
                    "row-too-long",
                    "The row is longer than " + LONGEST_ROW + " bytes.",
                    "该行超过 " + LONGEST_ROW + " 字节。");
        }
        if (!raw.sound()) {
            return fault(raw, List.of(), "not-utf-8", "The row is not UTF-8.", "该行不是 UTF-8 编码。");
        }
        CsvCells cells = CsvCells.of(raw.text(), ',');
        return cells.problem() == null
                ? new Row(raw.line(), cells.texts(), Optional.empty())
                : fault(raw, cells.texts(), "malformed", "There is " + cells.problem() + ".", cells.problemZh());
    }

    private static Row fault(CsvRecords.Raw raw, List<String> cells, String rule, String detail, String detailZh) {
        return new Row(raw.line(), cells, Optional.of(new Finding("/" + raw.line(), rule, detail, detailZh)));
    }
}
