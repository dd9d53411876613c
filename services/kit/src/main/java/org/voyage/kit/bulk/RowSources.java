package org.voyage.kit.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.Refusal;

/** Opens the body of a request as rows. */
final class RowSources {
    private RowSources() {}

    /** @throws Refusal if the file as a whole cannot be read */
    static RowSource open(
            BatchFormat format, @Nullable String encoding, InputStream body, Province province, int rowLimit)
            throws IOException {
        var lines = new ByteLines(decompress(encoding, body));
        if (lines.utf16()) {
            throw new Refusal.Malformed("The file is UTF-16; please save it as UTF-8.", "文件为 UTF-16 编码，请另存为 UTF-8。");
        }
        if (lines.atEnd()) {
            throw new Refusal.Malformed("The file is empty.", "文件为空。");
        }
        return switch (format) {
            case NDJSON -> new NdjsonRows(lines, new RowKeys(province, false), rowLimit);
            case CSV -> new CsvRows(lines, new RowKeys(province, true), rowLimit);
        };
    }

    private static InputStream decompress(@Nullable String encoding, InputStream body) throws IOException {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (encoding.equalsIgnoreCase("gzip")) {
            return new GZIPInputStream(body, 64 * 1024);
        }
        throw new Refusal.UnsupportedMediaType(
                "A batch is sent as it is or with Content-Encoding: gzip.", "批量文件只接受原文或 gzip 压缩。");
    }
}
