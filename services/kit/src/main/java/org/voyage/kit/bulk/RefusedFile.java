package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.voyage.kit.web.Json;
import org.voyage.kit.web.Refusal;

/**
 * The refused rows of a batch as a file of the same format, to be mended and sent again as it is: each row as it was
 * sent, with {@code refusedBecause}, which is ignored when it comes back. In CSV that is the first column, so that a
 * row with a cell too many or too few does not push it out of place. An NDJSON line that is no object is given as text
 * in {@code raw}.
 */
final class RefusedFile {
    private static final int PAGE = 200;

    private final Batch batch;
    private final BatchReader reader;

    RefusedFile(Batch batch, BatchReader reader) {
        this.batch = batch;
        this.reader = reader;
    }

    void writeTo(OutputStream out) throws IOException {
        var start = new StringBuilder(batch.bom ? "\uFEFF" : "");
        if (batch.format == BatchFormat.CSV) {
            start.append(Row.REFUSED_BECAUSE).append(',').append(batch.header).append("\r\n");
        }
        write(out, start.toString());
        long last = 0;
        while (true) {
            var page = reader.refused(batch.id, last, PAGE);
            for (var row : page) {
                var because = FindingsJson.sentence(row.findings());
                write(out, batch.format == BatchFormat.CSV ? csv(row, because) : ndjson(row, because));
                last = row.number();
            }
            if (page.isEmpty()) {
                return;
            }
        }
    }

    static String csv(BatchReader.RefusedRow row, String because) {
        return CsvCells.quote(because) + "," + row.raw() + "\r\n";
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

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
