package org.voyage.indicators.feature.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Output format of a report; the first is the default. */
public enum ReportFormat {
    JSON("json", ReportFormat.JSON_TYPE, "json"),
    CSV("csv", ReportFormat.CSV_TYPE, "csv"),
    XLSX("xlsx", ReportFormat.XLSX_TYPE, "xlsx"),
    SDMX_CSV("sdmx-csv", ReportFormat.SDMX_CSV_TYPE, "sdmx.csv"),
    SDMX_JSON("sdmx-json", ReportFormat.SDMX_JSON_TYPE, "sdmx.json");

    public static final String JSON_TYPE = "application/json";
    public static final String CSV_TYPE = "text/csv";
    public static final String XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public static final String SDMX_CSV_TYPE = "application/vnd.sdmx.data+csv;version=2.0.0";
    public static final String SDMX_JSON_TYPE = "application/vnd.sdmx.data+json;version=2.0.0";

    private final String code;
    private final String type;
    private final String extension;

    ReportFormat(String code, String type, String extension) {
        this.code = code;
        this.type = type;
        this.extension = extension;
    }

    /** Returns the code for {@code ?format=}. */
    public String code() {
        return code;
    }

    /** Returns the media type for content negotiation. */
    public String type() {
        return type;
    }

    /** Returns the media type for the response header. */
    public String contentType() {
        return this == CSV ? "text/csv;charset=UTF-8;header=present" : type;
    }

    /** Returns the file name extension. */
    public String extension() {
        return extension;
    }

    /** Returns whether a browser should download the response rather than show it. */
    public boolean isFile() {
        return this != JSON && this != SDMX_JSON;
    }

    public static Optional<ReportFormat> findByCode(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code.equals(code))
                .findFirst();
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(ReportFormat::code).toList();
    }

    public static List<String> types() {
        return Arrays.stream(values()).map(ReportFormat::type).toList();
    }
}
