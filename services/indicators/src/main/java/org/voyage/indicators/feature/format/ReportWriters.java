package org.voyage.indicators.feature.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Writer of reports in the negotiated format. */
@ApplicationScoped
public class ReportWriters {

    private final JsonFormat json;
    private final SdmxJsonFormat sdmxJson;

    ReportWriters(ObjectMapper mapper) {
        this.json = new JsonFormat(mapper);
        this.sdmxJson = new SdmxJsonFormat(mapper);
    }

    /** Writes the report of a request for one figure. */
    public byte[] writeSingle(ReportFormat format, ValuesReport report) {
        return format == ReportFormat.JSON ? json.writeSingle(report) : writeMultiple(format, report);
    }

    /** Writes the report of a request for several figures, which may name only one. */
    public byte[] writeMultiple(ReportFormat format, ValuesReport report) {
        return switch (format) {
            case JSON -> json.writeMultiple(report);
            case CSV -> CsvFormat.writeReport(report);
            case XLSX -> XlsxFormat.writeReport(report);
            case SDMX_CSV -> SdmxCsvFormat.writeReport(report);
            case SDMX_JSON -> sdmxJson.writeReport(report);
        };
    }
}
