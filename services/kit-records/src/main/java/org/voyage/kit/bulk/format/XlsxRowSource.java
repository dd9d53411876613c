package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.CellLocation;
import org.voyage.kit.sheet.CellShorthandReader;
import org.voyage.kit.sheet.FileColumn;
import org.voyage.kit.sheet.HeadingRows;
import org.voyage.kit.sheet.NonRecordRow;
import org.voyage.kit.sheet.TableColumns;
import org.voyage.kit.sheet.XlsxFile;
import org.voyage.kit.sheet.XlsxRows;

/** Row source for XLSX: the one sheet of a spreadsheet that has the record's headings. */
final class XlsxRowSource implements RowSource {
    private final XlsxFile file;
    private final XlsxRows rows;
    private final RowEnvelopeParser keys;
    private final int limit;
    private final TableColumns columns;
    private final CellShorthandReader shorthand;
    private final IgnoredParts ignored;
    private final List<Integer> dropped;
    private final long size;
    private long number;
    private boolean ended;

    private XlsxRowSource(XlsxFile file, long size, RowEnvelopeParser keys, int limit, SheetCandidate chosen)
            throws IOException {
        this.file = file;
        this.size = size;
        this.keys = keys;
        this.limit = limit;
        this.columns = TableColumns.of(chosen.headings.cells(), keys.form(), chosen::headingLocation);
        this.shorthand = new CellShorthandReader(columns, keys.form());
        this.ignored = new IgnoredParts(columns, keys.form());
        this.dropped = ignored.droppedColumns();
        this.rows = file.openRows(chosen.sheet, limit);
        for (var row = rows.nextRow(); row != null && row.number() < chosen.lastHeadingRow(); ) {
            row = rows.nextRow();
        }
    }

    /**
     * The headings of a sheet.
     *
     * @param rows the first of the sheet, among them the headings
     * @param certain whether they are headings beyond doubt, with rows below. Headings in doubt are used if no other
     *     sheet has certain ones
     */
    private record SheetCandidate(
            XlsxFile.WorkbookSheet sheet, HeadingRows headings, List<HeadingRows.HeadingRow> rows, boolean certain) {

        /** Returns the last row of the sheet above the data. */
        long lastHeadingRow() {
            return rows.get(headings.lastRow()).number();
        }

        /** Returns the location of a heading; with two heading rows, in the row that names the column. */
        CellLocation headingLocation(int column) {
            var upper = rows.get(headings.firstRow());
            var heading = headings.cells().get(column);
            boolean above = column < upper.cells().size()
                    && heading.equals(upper.cells().get(column));
            return CellLocation.cell(
                    column, (above || !headings.twoRows() ? upper : rows.get(headings.firstRow() + 1)).number());
        }
    }

    /** @throws Refusal if the file is no spreadsheet, or no sheet or more than one has headings above rows */
    static XlsxRowSource open(SeekableByteChannel bytes, RowEnvelopeParser keys, int limit) throws IOException {
        long size = bytes.size();
        if (size == 0) {
            bytes.close();
            throw RowSourceFactory.emptyFile();
        }
        var file = XlsxFile.open(bytes);
        try {
            return new XlsxRowSource(file, size, keys, limit, chooseSheet(file, keys, limit));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static SheetCandidate chooseSheet(XlsxFile file, RowEnvelopeParser keys, int limit) throws IOException {
        var sure = new ArrayList<SheetCandidate>();
        var all = new ArrayList<HeadingRows.HeadingRow>();
        @Nullable SheetCandidate perhaps = null;
        for (var sheet : file.sheets()) {
            if (sheet.hidden()) {
                continue;
            }
            var first = readFirstRows(file, sheet, limit);
            all.addAll(first);
            var candidate = findCandidate(sheet, first, keys);
            if (candidate != null && candidate.certain) {
                sure.add(candidate);
            } else if (perhaps == null) {
                perhaps = candidate;
            }
        }
        if (sure.size() > 1) {
            throw new Refusal.Malformed(
                    "Several sheets have rows of this record: please send one file for each.",
                    "多个工作表均含有该类记录，请分别保存为单独文件报送。");
        }
        if (sure.isEmpty() && perhaps == null) {
            throw HeadingRows.missingHeadings(all, keys.form());
        }
        return sure.isEmpty() && perhaps != null ? perhaps : sure.getFirst();
    }

    private static @Nullable SheetCandidate findCandidate(
            XlsxFile.WorkbookSheet sheet, List<HeadingRows.HeadingRow> first, RowEnvelopeParser keys) {
        var found = HeadingRows.findHeadings(first, keys.form().headings());
        if (found == null) {
            return null;
        }
        boolean rowsBelow = found.lastRow() + 1 < first.size();
        return new SheetCandidate(sheet, found, first, rowsBelow && found.isCertain());
    }

    private static List<HeadingRows.HeadingRow> readFirstRows(XlsxFile file, XlsxFile.WorkbookSheet sheet, int limit)
            throws IOException {
        var first = new ArrayList<HeadingRows.HeadingRow>();
        try (var rows = file.peekRows(sheet, limit)) {
            for (var row = rows.nextRow();
                    row != null && first.size() < HeadingRows.MAX_SEARCHED_ROWS;
                    row = rows.nextRow()) {
                first.add(new HeadingRows.HeadingRow(row.number(), row.texts()));
            }
        }
        return first;
    }

    @Override
    public @Nullable ParsedRow nextRow() throws IOException {
        var row = rows.nextRow();
        while (row != null && row.whole() && ignored.passOver(row.texts(), row.number())) {
            row = rows.nextRow();
        }
        if (row == null) {
            ended = true;
            return null;
        }
        if (!row.whole()) {
            return OversizedRowRefusals.refused(++number, row.number(), new byte[0], limit);
        }
        var texts = new ArrayList<>(row.texts());
        var raw = toJson(withoutDroppedColumns(texts));
        long line = row.number();
        var noRecord = NonRecordRow.detectNonRecord(texts, columns.indexOf(SubmittedRow.SOURCE_ID));
        if (noRecord != null) {
            return ParsedRow.refused(++number, line, raw, true, noRecord);
        }
        var nameless = columns.checkUnnamedCells(texts, column -> CellLocation.cell(column, line));
        if (nameless != null) {
            return ParsedRow.refused(++number, line, raw, true, nameless);
        }
        var written = shorthand.readRow(texts);
        var findings = new ArrayList<>(written.problems());
        for (int i = 0; i < row.cells().size(); i++) {
            var name = columns.names().get(i);
            var field = name == null ? null : keys.form().field(name);
            var problem = field == null ? null : row.cells().get(i).findProblem(field);
            if (problem != null) {
                findings.add(problem);
            }
        }
        return keys.parseRow(
                ++number,
                row.number(),
                written.repeats() ? toJson(withoutDroppedColumns(written.kept())) : raw,
                columns.toObject(written.read()),
                findings,
                written.warnings());
    }

    @Override
    public List<FileColumn> columns() {
        return columns.readings();
    }

    @Override
    public void requireReadableColumns() {
        columns.requireReadable();
    }

    /** Returns the cells without the service's own column and the ignored ones, up to the last heading. */
    private List<String> withoutDroppedColumns(List<String> texts) {
        var own = new ArrayList<String>();
        for (int i = 0; i < Math.max(columns.size(), texts.size()); i++) {
            if (!dropped.contains(i)) {
                own.add(i < texts.size() ? texts.get(i) : "");
            }
        }
        return own;
    }

    private static byte[] toJson(List<String> texts) {
        try {
            return FindingsJson.MAPPER.writeValueAsBytes(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable String header() {
        return !columns.isReadable()
                ? null
                : new String(toJson(withoutDroppedColumns(columns.headings())), StandardCharsets.UTF_8);
    }

    /** Estimates the position: the share of the sheet that has been read, which is most of the file. */
    @Override
    public long position() {
        return ended ? size : (long) (rows.fractionRead() * size);
    }

    @Override
    public Map<Finding, Long> ignoredParts() {
        return ignored.findings();
    }

    @Override
    public boolean hasByteOrderMark() {
        return false;
    }

    @Override
    public boolean mayHoldPersonalData() {
        return columns.hasAnyOf(keys.form().personal());
    }

    @Override
    public RetainedRow retain(ParsedRow row, ValueHider hides) {
        if (!row.whole()) {
            return RetainedRow.NOTHING_RETAINED;
        }
        var names = withoutDroppedColumns(
                columns.names().stream().map(String::valueOf).toList());
        var texts = FindingsJson.readTexts(new String(row.raw(), StandardCharsets.UTF_8));
        var shown = new ArrayList<String>();
        for (int i = 0; i < texts.size(); i++) {
            boolean nameless = i >= names.size() || names.get(i).equals("null");
            boolean hide = hides.hidesValue(nameless ? NAMELESS : names.get(i), texts.get(i)) || nameless;
            shown.add(texts.get(i).isBlank() || !hide ? texts.get(i) : HIDDEN);
        }
        return new RetainedRow(new String(toJson(shown), StandardCharsets.UTF_8), true);
    }

    @Override
    public void close() throws IOException {
        rows.close();
        file.close();
    }
}
