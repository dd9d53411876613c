package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.voyage.kit.bulk.format.CsvHeaderDetector;
import org.voyage.kit.bulk.format.FindingsJson;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.http.TextLanguage;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.StrictJson;
import org.voyage.kit.sheet.CsvCells;
import org.voyage.kit.sheet.FormulaEscape;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.SheetWriter;

/**
 * File of the refused rows of a batch, in the format, encoding and separator of the upload. The sender can correct it
 * and send it again. Each row is as it was sent (personal values hidden), with {@code refusedBecause}, which is ignored
 * in an upload. In CSV that is the first column; its heading is Chinese if the others are. A spreadsheet comes back in the
 * layout of the template, with its drop-downs: wrong cells are coloured and have a note, and the last column has the
 * reasons. Of a row that could not be placed nothing was kept: it has only {@code refusedBecause}, which begins with the
 * line of the row in the upload. In CSV a cell that a program would run as a formula has an apostrophe before it, which an
 * upload ignores; in a spreadsheet such a cell is text.
 */
final class RefusedRowsFile {
    private static final int PAGE_SIZE = 200;
    private static final String REASON_ZH = "未通过原因";

    private final Batch batch;
    private final BatchQueries queries;
    private final RecordForm form;
    private final TextLanguage language;

    /**
     * @param form of the record, with the names of codes that the sender may choose and the sender's headings
     * @param language of the reasons
     */
    RefusedRowsFile(Batch batch, BatchQueries queries, RecordForm form, TextLanguage language) {
        this.batch = batch;
        this.queries = queries;
        this.form = form;
        this.language = language;
    }

    void writeTo(OutputStream out) throws IOException {
        switch (batch.format) {
            case NDJSON -> {
                writeText(out, batch.bom ? "\uFEFF" : "", StandardCharsets.UTF_8);
                forEachRow(row -> writeText(out, toNdjson(row, reasonOf(row, " | ")), StandardCharsets.UTF_8));
            }
            case CSV -> {
                var charset = batch.charset == null ? StandardCharsets.UTF_8 : Charset.forName(batch.charset);
                var header = Objects.requireNonNullElse(batch.header, "");
                var separator = CsvHeaderDetector.separatorOf(header, form.headings());
                writeText(out, (batch.bom ? "\uFEFF" : "") + headingRow(header) + separator + header + "\r\n", charset);
                forEachRow(row -> writeText(out, toCsv(row, reasonOf(row, " | "), separator), charset));
            }
            case XLSX -> writeSheet(out);
        }
    }

    private void writeSheet(OutputStream out) throws IOException {
        var sent = FindingsJson.readTexts(Objects.requireNonNullElse(batch.header, "[]")).stream()
                .map(heading -> Objects.requireNonNullElse(form.headings().findField(heading), ""))
                .toList();
        try (var sheet = SheetWriter.inTemplate(out, form, sent)) {
            var columns = sheet.columns();
            forEachRow(row -> {
                var texts = row.raw().isEmpty() ? List.<String>of() : FindingsJson.readTexts(row.raw());
                var cells = new ArrayList<>(Collections.nCopies(columns.size(), ""));
                for (int i = 0; i < texts.size() && i < sent.size(); i++) {
                    if (!sent.get(i).isEmpty()) {
                        cells.set(columns.indexOf(sent.get(i)), texts.get(i));
                    }
                }
                cells.set(columns.size() - 1, reasonOf(row, "\n"));
                sheet.writeRow(cells, notesOf(row, columns));
            });
        }
    }

    /** Returns the reasons of the wrong cells by their places. */
    private Map<Integer, String> notesOf(BatchQueries.StoredRefusedRow row, List<String> columns) {
        var notes = new TreeMap<Integer, String>();
        for (var finding : row.findings()) {
            int column = columns.indexOf(FindingsJson.fieldOf(finding));
            if (column >= 0) {
                notes.merge(
                        column,
                        language.choose(finding.detailZh(), finding.detail(), "\n"),
                        (one, other) -> one + "\n" + other);
            }
        }
        return notes;
    }

    private interface RefusedRowVisitor {
        void acceptRow(BatchQueries.StoredRefusedRow row) throws IOException;
    }

    private void forEachRow(RefusedRowVisitor each) throws IOException {
        long last = 0;
        while (true) {
            var page = queries.findRefusedRows(batch.id, last, PAGE_SIZE);
            for (var row : page) {
                each.acceptRow(row);
                last = row.number();
            }
            if (page.isEmpty()) {
                return;
            }
        }
    }

    private String reasonOf(BatchQueries.StoredRefusedRow row, String between) {
        var reasons = FindingsJson.toSentences(row.findings(), form, language, between);
        var line = row.line();
        return row.raw().isEmpty()
                ? language == TextLanguage.BOTH
                        ? "第 " + line + " 行 (line " + line + ")：" + reasons
                        : language.choose("第 " + line + " 行：", "Line " + line + ": ", "") + reasons
                : reasons;
    }

    private static String headingRow(String headings) {
        return headings.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                ? REASON_ZH
                : SubmittedRow.REFUSED_BECAUSE;
    }

    static String toCsv(BatchQueries.StoredRefusedRow row, String because, char separator) {
        return CsvCells.quote(FormulaEscape.escapeFormula(because)) + separator
                + CsvCells.escapeFormulas(row.raw(), separator) + "\r\n";
    }

    static String toNdjson(BatchQueries.StoredRefusedRow row, String because) {
        ObjectNode object;
        try {
            object = StrictJson.parseObject(row.raw().getBytes(StandardCharsets.UTF_8));
        } catch (Refusal.Malformed e) {
            object = JsonNodeFactory.instance.objectNode();
        }
        object.remove(SubmittedRow.REFUSED_BECAUSE);
        return object.put(SubmittedRow.REFUSED_BECAUSE, because).toString() + "\n";
    }

    private static void writeText(OutputStream out, String text, Charset charset) throws IOException {
        out.write(text.getBytes(charset));
    }
}
