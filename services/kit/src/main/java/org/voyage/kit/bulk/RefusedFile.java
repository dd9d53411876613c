package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.SheetWriter;
import org.voyage.kit.web.Json;
import org.voyage.kit.web.Refusal;

/**
 * The refused rows of a batch as a file of the same format, encoding and separator, to be mended and sent again as it
 * is: each row as it was sent (personal values hidden), with {@code refusedBecause}, which is ignored when it comes back. In a table
 * that is the first column, so that a row with a cell too many or too few does not push it out of place; its heading is
 * Chinese where the others are. An NDJSON line that is no object is given as text in {@code raw}.
 */
final class RefusedFile {
    private static final int PAGE = 200;
    private static final String REASON_ZH = "未通过原因";

    private final Batch batch;
    private final BatchReader reader;

    RefusedFile(Batch batch, BatchReader reader) {
        this.batch = batch;
        this.reader = reader;
    }

    void writeTo(OutputStream out) throws IOException {
        switch (batch.format) {
            case NDJSON -> {
                write(out, batch.bom ? "\uFEFF" : "", StandardCharsets.UTF_8);
                each(row -> write(out, ndjson(row, because(row)), StandardCharsets.UTF_8));
            }
            case CSV -> {
                var charset = batch.charset == null ? StandardCharsets.UTF_8 : Charset.forName(batch.charset);
                var header = String.valueOf(batch.header);
                var separator = CsvHeadings.separator(
                        header, RecordForm.of(batch.record).headings());
                write(out, (batch.bom ? "\uFEFF" : "") + heading(header) + separator + header + "\r\n", charset);
                each(row -> write(out, csv(row, because(row), separator), charset));
            }
            case XLSX -> writeSheet(out);
        }
    }

    private void writeSheet(OutputStream out) throws IOException {
        var form = RecordForm.of(batch.record);
        var headings = new ArrayList<String>();
        headings.add(heading(String.valueOf(batch.header)));
        headings.addAll(FindingsJson.texts(Objects.requireNonNullElse(batch.header, "[]")));
        List<@Nullable FormField> fields = new ArrayList<>();
        for (var heading : headings) {
            var name = form.headings().name(heading);
            fields.add(name == null ? null : form.field(name));
        }
        try (var sheet = new SheetWriter(out, form.zh(), fields, headings)) {
            each(row -> {
                var cells = new ArrayList<String>();
                cells.add(because(row));
                cells.addAll(row.raw().isEmpty() ? List.of() : FindingsJson.texts(row.raw()));
                sheet.row(cells);
            });
        }
    }

    private interface Each {
        void row(BatchReader.RefusedRow row) throws IOException;
    }

    private void each(Each each) throws IOException {
        long last = 0;
        while (true) {
            var page = reader.refused(batch.id, last, PAGE);
            for (var row : page) {
                each.row(row);
                last = row.number();
            }
            if (page.isEmpty()) {
                return;
            }
        }
    }

    private static String because(BatchReader.RefusedRow row) {
        return FindingsJson.sentence(row.findings());
    }

    private static String heading(String headings) {
        return headings.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                ? REASON_ZH
                : Row.REFUSED_BECAUSE;
    }

    static String csv(BatchReader.RefusedRow row, String because, char separator) {
        return CsvCells.quote(because) + separator + row.raw() + "\r\n";
    }

    static String ndjson(BatchReader.RefusedRow row, String because) {
        ObjectNode object;
        try {
            object = Json.object(row.raw().getBytes(StandardCharsets.UTF_8));
        } catch (Refusal.Malformed e) {
            object = JsonNodeFactory.instance.objectNode().put("raw", row.raw());
        }
        object.remove(Row.REFUSED_BECAUSE);
        return object.put(Row.REFUSED_BECAUSE, because).toString() + "\n";
    }

    private static void write(OutputStream out, String text, Charset charset) throws IOException {
        out.write(text.getBytes(charset));
    }
}
