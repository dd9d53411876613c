package org.voyage.kit.bulk;

import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Refusal;

/** What a file of records is written in. */
public enum BatchFormat {
    NDJSON("application", "x-ndjson"),
    CSV("text", "csv");

    public static final String NDJSON_TYPE = "application/x-ndjson";
    public static final String CSV_TYPE = "text/csv";

    private final String type;
    private final String subtype;

    BatchFormat(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    /** @throws Refusal.UnsupportedMediaType if the media type is another, or names a charset that is not UTF-8 */
    static BatchFormat of(@Nullable MediaType sent) {
        if (sent != null) {
            for (var format : values()) {
                if (format.type.equalsIgnoreCase(sent.getType())
                        && format.subtype.equalsIgnoreCase(sent.getSubtype())) {
                    requireUtf8(sent);
                    return format;
                }
            }
        }
        throw new Refusal.UnsupportedMediaType(
                "A batch is application/x-ndjson or text/csv.", "批量文件应为 application/x-ndjson 或 text/csv。");
    }

    private static void requireUtf8(MediaType sent) {
        var charset = sent.getParameters().get("charset");
        if (charset != null && !charset.toLowerCase(Locale.ROOT).equals("utf-8")) {
            throw new Refusal.UnsupportedMediaType(
                    "A batch is written in UTF-8; please save it so.", "批量文件必须使用 UTF-8 编码，请另存为 UTF-8。");
        }
    }

    String contentType() {
        return type + "/" + subtype + (this == CSV ? "; charset=utf-8" : "");
    }
}
