package org.voyage.kit.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.Columns;
import org.voyage.kit.sheet.HeadingRows;
import org.voyage.kit.sheet.NoRecord;
import org.voyage.kit.sheet.Spot;
import org.voyage.kit.sheet.XlsxFile;
import org.voyage.kit.sheet.XlsxRows;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** The rows of the one sheet of a spreadsheet that has the record's headings. */
final class XlsxSource implements RowSource {
    private final XlsxFile file;
    private final XlsxRows rows;
    private final RowKeys keys;
    private final int limit;
    private final Columns columns;
    private final int refusedBecause;
    private final long size;
    private long number;
    private boolean ended;

    private XlsxSource(XlsxFile file, long size, RowKeys keys, int limit, Candidate chosen) throws IOException {
        this.file = file;
        this.size = size;
        this.keys = keys;
        this.limit = limit;
        this.columns = Columns.of(chosen.headings.cells(), keys.form(), chosen::spot);
        this.refusedBecause = columns.indexOf(Row.REFUSED_BECAUSE);
        this.rows = file.rows(chosen.sheet, limit);
        for (var row = rows.next(); row != null && row.number() < chosen.last(); ) {
            row = rows.next();
        }
    }

    /**
     * The headings of a sheet.
     *
     * @param rows the first of the sheet, among them the headings
     * @param sure whether they are headings beyond doubt, with rows below: if no other sheet has such, these will do
     */
    private record Candidate(XlsxFile.Sheet sheet, HeadingRows headings, List<HeadingRows.Row> rows, boolean sure) {

        /** The last row of the sheet that is none of the data. */
        long last() {
            return rows.get(headings.last()).number();
        }

        /** Of a heading: of two rows it stands in the one that says it. */
        Spot spot(int column) {
            var upper = rows.get(headings.first());
            var heading = headings.cells().get(column);
            boolean above = column < upper.cells().size()
                    && heading.equals(upper.cells().get(column));
            return Spot.cell(column, (above || !headings.two() ? upper : rows.get(headings.first() + 1)).number());
        }
    }

    /** @throws Refusal if the file is no spreadsheet, or no sheet or more than one has the headings above rows */
    static XlsxSource open(SeekableByteChannel bytes, RowKeys keys, int limit) throws IOException {
        long size = bytes.size();
        if (size == 0) {
            bytes.close();
            throw RowSources.empty();
        }
        var file = XlsxFile.open(bytes);
        try {
            return new XlsxSource(file, size, keys, limit, choose(file, keys, limit));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Candidate choose(XlsxFile file, RowKeys keys, int limit) throws IOException {
        var sure = new ArrayList<Candidate>();
        var all = new ArrayList<HeadingRows.Row>();
        @Nullable Candidate perhaps = null;
        for (var sheet : file.sheets()) {
            if (sheet.hidden()) {
                continue;
            }
            var first = first(file, sheet, limit);
            all.addAll(first);
            var candidate = candidate(sheet, first, keys);
            if (candidate != null && candidate.sure) {
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
            throw HeadingRows.missing(all, keys.form());
        }
        return sure.isEmpty() && perhaps != null ? perhaps : sure.getFirst();
    }

    private static @Nullable Candidate candidate(XlsxFile.Sheet sheet, List<HeadingRows.Row> first, RowKeys keys) {
        var found = HeadingRows.find(first, keys.form().headings());
        if (found == null) {
            return null;
        }
        boolean rowsBelow = found.last() + 1 < first.size();
        return new Candidate(sheet, found, first, rowsBelow && found.sure());
    }

    private static List<HeadingRows.Row> first(XlsxFile file, XlsxFile.Sheet sheet, int limit) throws IOException {
        var first = new ArrayList<HeadingRows.Row>();
        try (var rows = file.peek(sheet, limit)) {
            for (var row = rows.next(); row != null && first.size() < HeadingRows.LOOKED_AT; row = rows.next()) {
                first.add(new HeadingRows.Row(row.number(), row.texts()));
            }
        }
        return first;
    }

    @Override
    public @Nullable ReadRow next() throws IOException {
        var row = rows.next();
        if (row == null) {
            ended = true;
            return null;
        }
        var texts = new ArrayList<>(row.texts());
        var raw = json(own(texts));
        if (!row.whole()) {
            return Oversize.refused(++number, row.number(), new byte[0], limit);
        }
        long line = row.number();
        var noRecord = NoRecord.finding(texts, columns.indexOf(Row.SOURCE_ID));
        if (noRecord != null) {
            return ReadRow.refused(++number, line, raw, true, noRecord);
        }
        var nameless = columns.nameless(texts, column -> Spot.cell(column, line));
        if (nameless != null) {
            return keys.refused(++number, line, raw, columns.row(texts), nameless);
        }
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < row.cells().size(); i++) {
            var name = columns.names().get(i);
            var field = name == null ? null : keys.form().field(name);
            var problem = field == null ? null : row.cells().get(i).problem(field);
            if (problem != null) {
                findings.add(problem);
            }
        }
        return keys.read(++number, row.number(), raw, columns.row(texts), findings);
    }

    /** The cells without our own column, up to the last heading. */
    private List<String> own(List<String> texts) {
        var own = new ArrayList<String>();
        for (int i = 0; i < Math.max(columns.size(), texts.size()); i++) {
            if (i != refusedBecause) {
                own.add(i < texts.size() ? texts.get(i) : "");
            }
        }
        return own;
    }

    private static byte[] json(List<String> texts) {
        try {
            return FindingsJson.MAPPER.writeValueAsBytes(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String header() {
        return new String(json(own(columns.headings())), StandardCharsets.UTF_8);
    }

    /** As much of the whole as has been read of the sheet, which is most of it. */
    @Override
    public long position() {
        return ended ? size : (long) (rows.share() * size);
    }

    @Override
    public boolean bom() {
        return false;
    }

    @Override
    public boolean maybePersonal() {
        return columns.anyOf(keys.form().personal());
    }

    @Override
    public Kept kept(ReadRow row, Hiding hides) {
        if (!maybePersonal() || !row.whole()) {
            return Kept.all(row);
        }
        var names = own(columns.names().stream().map(String::valueOf).toList());
        var texts = FindingsJson.texts(new String(row.raw(), StandardCharsets.UTF_8));
        var shown = new ArrayList<String>();
        for (int i = 0; i < texts.size(); i++) {
            boolean nameless = i >= names.size() || names.get(i).equals("null");
            boolean hide = hides.hides(nameless ? NAMELESS : names.get(i), texts.get(i)) || nameless;
            shown.add(texts.get(i).isBlank() || !hide ? texts.get(i) : HIDDEN);
        }
        return new Kept(new String(json(shown), StandardCharsets.UTF_8), true);
    }

    @Override
    public void close() throws IOException {
        rows.close();
        file.close();
    }
}
