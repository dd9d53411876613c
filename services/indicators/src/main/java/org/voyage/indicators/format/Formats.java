package org.voyage.indicators.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes an answer in the format that was chosen. */
@ApplicationScoped
public class Formats {

    private final JsonFormat json;
    private final SdmxJsonFormat sdmxJson;

    Formats(ObjectMapper mapper) {
        this.json = new JsonFormat(mapper);
        this.sdmxJson = new SdmxJsonFormat(mapper);
    }

    /** The answer to the question about one figure. */
    public byte[] one(Format format, Report report) {
        return format == Format.JSON ? json.one(report) : several(format, report);
    }

    /** The answer to the question about several figures, of which there may be only one. */
    public byte[] several(Format format, Report report) {
        return switch (format) {
            case JSON -> json.several(report);
            case CSV -> CsvFormat.write(report);
            case XLSX -> XlsxFormat.write(report);
            case SDMX_CSV -> SdmxCsvFormat.write(report);
            case SDMX_JSON -> sdmxJson.write(report);
        };
    }
}
