package org.voyage.kit.bulk.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.bulk.spool.SpoolFile;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.CsvCharsets;
import org.voyage.kit.sheet.LineSplitter;
import org.voyage.kit.sheet.RecordForm;

/** Factory that opens a file as rows. */
public final class RowSourceFactory {
    private RowSourceFactory() {}

    /**
     * Opens a completely received file.
     *
     * @param charset of CSV; null to detect it from the text
     * @throws Refusal if the file as a whole cannot be read
     */
    public static RowSource open(
            BatchFormat format,
            @Nullable Charset charset,
            SpoolFile file,
            RecordForm form,
            Province province,
            int rowLimit)
            throws IOException {
        if (format == BatchFormat.XLSX) {
            return XlsxRowSource.open(file.openChannel(), new RowEnvelopeParser(province, form, true), rowLimit);
        }
        var in = file.openStream();
        try {
            return openLines(format, charset == null ? StandardCharsets.UTF_8 : charset, in, form, province, rowLimit);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    static RowSource openLines(
            BatchFormat format, Charset charset, InputStream in, RecordForm form, Province province, int rowLimit)
            throws IOException {
        var lines = new LineSplitter(in, charset, rowLimit);
        if (lines.markedCharset() != null && !CsvCharsets.isUtf16(charset)) {
            throw new Refusal.Malformed("The file is UTF-16; please save it as UTF-8.", "文件为 UTF-16 编码，请另存为 UTF-8。");
        }
        if (lines.isEmpty()) {
            throw emptyFile();
        }
        return format == BatchFormat.NDJSON
                ? new NdjsonRowSource(lines, new RowEnvelopeParser(province, form, false))
                : new CsvRowSource(lines, charset, new RowEnvelopeParser(province, form, true));
    }

    static Refusal emptyFile() {
        return new Refusal.Malformed(new Finding("", "no-rows", "The file is empty.", "文件为空。"));
    }
}
