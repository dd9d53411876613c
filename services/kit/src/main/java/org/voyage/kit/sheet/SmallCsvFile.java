package org.voyage.kit.sheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.voyage.kit.problem.Finding;

/** Parser of a small CSV text (RFC 4180, UTF-8 with or without a byte order mark), for files that hold no records. */
public final class SmallCsvFile {

    private static final int MAX_ROW_BYTES = 64 * 1024;

    private SmallCsvFile() {}

    /**
     * A row that is not empty.
     *
     * @param line of the file where the row begins, from 1
     * @param cells without their quotes; those before the fault when there is one
     * @param fault why the row cannot be read; its pointer is {@code /line}
     */
    public record SmallCsvRow(long line, List<String> cells, Optional<Finding> fault) {}

    /** Returns the rows in their order, empty ones left out. */
    public static List<SmallCsvRow> parse(byte[] csv) {
        List<SmallCsvRow> rows = new ArrayList<>();
        try (LineSplitter lines =
                new LineSplitter(new ByteArrayInputStream(csv), StandardCharsets.UTF_8, MAX_ROW_BYTES)) {
            CsvRowSplitter records = new CsvRowSplitter(lines, ',', StandardCharsets.UTF_8);
            for (CsvRowSplitter.RawCsvRow raw = records.nextRow(); raw != null; raw = records.nextRow()) {
                SmallCsvRow row = toRow(raw);
                if (row.fault().isPresent() || !row.cells().stream().allMatch(String::isBlank)) {
                    rows.add(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static SmallCsvRow toRow(CsvRowSplitter.RawCsvRow raw) {
        if (!raw.whole()) {
            return faultyRow(
                    raw,
                    List.of(),
                    "row-too-long",
                    "The row is longer than " + MAX_ROW_BYTES + " bytes.",
                    "该行超过 " + MAX_ROW_BYTES + " 字节。");
        }
        if (!raw.sound()) {
            return faultyRow(raw, List.of(), "not-utf-8", "The row is not UTF-8.", "该行不是 UTF-8 编码。");
        }
        CsvCells cells = CsvCells.of(raw.text(), ',');
        return cells.problem() == null
                ? new SmallCsvRow(raw.line(), cells.texts(), Optional.empty())
                : faultyRow(raw, cells.texts(), "malformed", "There is " + cells.problem() + ".", cells.problemZh());
    }

    private static SmallCsvRow faultyRow(
            CsvRowSplitter.RawCsvRow raw, List<String> cells, String rule, String detail, String detailZh) {
        return new SmallCsvRow(raw.line(), cells, Optional.of(new Finding("/" + raw.line(), rule, detail, detailZh)));
    }
}
