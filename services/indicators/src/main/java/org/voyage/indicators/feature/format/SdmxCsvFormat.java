package org.voyage.indicators.feature.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.FigureHeading;

/**
 * Writer of SDMX-CSV 2.0: a dataflow per figure, one row per observation, ids only. The response headers hold position
 * and time.
 */
final class SdmxCsvFormat {

    private static final String INFORMATION_ACTION = "I";

    private SdmxCsvFormat() {}

    static byte[] writeReport(ValuesReport report) {
        CsvTextWriter csv = new CsvTextWriter();
        csv.writeRow(headerCells(report.tables().getFirst()));
        for (ReportTable table : report.tables()) {
            table.lines().forEach(line -> csv.writeRow(rowCells(table, line)));
        }
        return csv.toBytes();
    }

    private static List<String> headerCells(ReportTable table) {
        List<String> ids = new ArrayList<>(List.of("STRUCTURE", "STRUCTURE_ID", "ACTION"));
        table.pinned()
                .forEach(pinned -> ids.add(SdmxIds.toComponentId(pinned.column().name())));
        table.dimensions().forEach(column -> ids.add(SdmxIds.toComponentId(column.name())));
        ids.addAll(List.of(SdmxIds.FILTER, SdmxIds.TIME_PERIOD, SdmxIds.OBS_VALUE));
        if (table.hasShares()) {
            ids.add(SdmxIds.OBS_SHARE);
        }
        ids.add(SdmxIds.OBS_STATUS);
        if (table.isReleased()) {
            ids.add(SdmxIds.CONF_STATUS);
        }
        ids.add(SdmxIds.UNIT_MEASURE);
        if (table.hasCoverage()) {
            ids.addAll(List.of(
                    SdmxIds.COVERAGE, SdmxIds.COMMENT_OBS, SdmxIds.RECEIVED, SdmxIds.EXPECTED, SdmxIds.LAST_PUSH));
        }
        return ids;
    }

    private static List<String> rowCells(ReportTable table, ReportLine line) {
        FigureHeading heading = table.heading();
        List<String> cells =
                new ArrayList<>(List.of("dataflow", SdmxIds.dataflowReference(heading), INFORMATION_ACTION));
        table.pinned().forEach(pinned -> cells.add(SdmxIds.toCodeId(pinned.code())));
        table.dimensions().forEach(column -> cells.add(SdmxIds.toCodeId(line, column)));
        cells.add(SdmxIds.filterId(table));
        cells.add(SdmxIds.toTimePeriod(table.periodOf(line)));
        cells.add(CsvTextWriter.formatNumber(line.value()));
        if (table.hasShares()) {
            cells.add(CsvTextWriter.formatNumber(line.share()));
        }
        cells.add(SdmxIds.statusOf(table, line));
        if (table.isReleased()) {
            cells.add(table.isSuppressed(line) ? SdmxIds.CONFIDENTIAL_STATUS : SdmxIds.FREE_STATUS);
        }
        cells.add(SdmxIds.toCodeId(heading.unit().code()));
        if (table.hasCoverage()) {
            Optional<CoverageYear> coverage = table.coverageOf(line);
            cells.add(coverage.map(year -> String.valueOf(year.provinces())).orElse(""));
            cells.add(coverage.map(CoverageYear::warning).map(LocalizedText::en).orElse(""));
            cells.add(coverage.map(CoverageYear::received).map(String::valueOf).orElse(""));
            cells.add(coverage.map(CoverageYear::expected).map(String::valueOf).orElse(""));
            cells.add(
                    coverage.map(CoverageYear::lastPush).map(Instant::toString).orElse(""));
        }
        return cells;
    }
}
