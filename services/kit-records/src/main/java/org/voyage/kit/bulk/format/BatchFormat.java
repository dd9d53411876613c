package org.voyage.kit.bulk.format;

import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.TemplateFile;

/** Format of a file of records. */
public enum BatchFormat {
    NDJSON("application", "x-ndjson"),
    CSV("text", "csv"),
    XLSX("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    public static final String NDJSON_TYPE = "application/x-ndjson";
    public static final String CSV_TYPE = "text/csv";
    public static final String XLSX_TYPE = TemplateFile.MEDIA_TYPE;

    /** Superset of GB2312 and GBK. */
    static final Charset GB18030 = Charset.forName("GB18030");

    private final String type;
    private final String subtype;

    BatchFormat(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    /** @throws Refusal.UnsupportedMediaType if the media type is another, or names a charset that is not read */
    public static BatchFormat of(@Nullable MediaType sent) {
        if (sent != null) {
            for (var format : values()) {
                if (format.type.equalsIgnoreCase(sent.getType())
                        && format.subtype.equalsIgnoreCase(sent.getSubtype())) {
                    format.charset(sent);
                    return format;
                }
            }
        }
        throw new Refusal.UnsupportedMediaType(
                "A batch is application/x-ndjson, text/csv or an .xlsx spreadsheet (" + XLSX_TYPE + ").",
                "批量文件应为 application/x-ndjson、text/csv 或 .xlsx 表格（" + XLSX_TYPE + "）。");
    }

    /**
     * Returns the encoding that the media type names; null if it names none, and then {@link CsvCharsetDetector}
     * detects it. The text also decides the order of UTF-16.
     */
    @Nullable
    public Charset charset(@Nullable MediaType sent) {
        var named = sent == null ? null : sent.getParameters().get("charset");
        if (named == null || this == XLSX) {
            return null;
        }
        var lower = named.toLowerCase(Locale.ROOT);
        if (lower.equals("utf-8")) {
            return StandardCharsets.UTF_8;
        }
        if (this == CSV) {
            switch (lower) {
                case "gb18030", "gbk", "gb2312":
                    return GB18030;
                case "utf-16le":
                    return StandardCharsets.UTF_16LE;
                case "utf-16be":
                    return StandardCharsets.UTF_16BE;
                case "utf-16":
                    return StandardCharsets.UTF_16;
                default:
            }
        }
        throw new Refusal.UnsupportedMediaType(
                "NDJSON is written in UTF-8, CSV in UTF-8, UTF-16 or GB18030.",
                "NDJSON 应为 UTF-8 编码，CSV 应为 UTF-8、UTF-16 或 GB18030 编码。");
    }

    public String contentType(@Nullable String charset) {
        return type + "/" + subtype
                + (this == CSV ? "; charset=" + (charset == null ? "utf-8" : charset.toLowerCase(Locale.ROOT)) : "");
    }

    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }
}
