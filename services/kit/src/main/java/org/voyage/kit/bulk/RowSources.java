package org.voyage.kit.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** Opens a file as rows. */
final class RowSources {
    private RowSources() {}

    /**
     * Opens a file that was received whole.
     *
     * @param charset of CSV; null for the one that the text itself tells
     * @throws Refusal if the file as a whole cannot be read
     */
    static RowSource open(
            BatchFormat format,
            @Nullable Charset charset,
            SpoolFile file,
            RecordForm form,
            Province province,
            int rowLimit)
            throws IOException {
        if (format == BatchFormat.XLSX) {
            return XlsxSource.open(file.open(), new RowKeys(province, form, true), rowLimit);
        }
        var in = file.stream();
        try {
            return lines(format, charset == null ? StandardCharsets.UTF_8 : charset, in, form, province, rowLimit);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    static RowSource lines(
            BatchFormat format, Charset charset, InputStream in, RecordForm form, Province province, int rowLimit)
            throws IOException {
        var lines = new ByteLines(in, charset, rowLimit);
        if (lines.marked() != null && !CsvCharset.isUtf16(charset)) {
            throw new Refusal.Malformed("The file is UTF-16; please save it as UTF-8.", "文件为 UTF-16 编码，请另存为 UTF-8。");
        }
        if (lines.isEmpty()) {
            throw empty();
        }
        return format == BatchFormat.NDJSON
                ? new NdjsonRows(lines, new RowKeys(province, form, false))
                : new CsvRows(lines, charset, new RowKeys(province, form, true));
    }

    static Refusal empty() {
        return new Refusal.Malformed(new Finding("", "no-rows", "The file is empty.", "文件为空。"));
    }
}
