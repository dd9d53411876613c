package org.voyage.indicators.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.Answers.Heading;

/**
 * SDMX-CSV 2.0: a dataflow per figure, one row per observation, ids only. Position and time are in the headers of the
 * answer.
 */
final class SdmxCsvFormat {

    private static final String INFORMATION = "I";

    private SdmxCsvFormat() {}

    static byte[] write(Report report) {
        CsvText csv = new CsvText();
        csv.row(header(report.tables().getFirst()));
        for (Table table : report.tables()) {
            table.lines().forEach(line -> csv.row(row(table, line)));
        }
        return csv.bytes();
    }

    private static List<String> header(Table table) {
        List<String> ids = new ArrayList<>(List.of("STRUCTURE", "STRUCTURE_ID", "ACTION"));
        table.pinned()
                .forEach(pinned -> ids.add(SdmxIds.component(pinned.column().name())));
        table.dimensions().forEach(column -> ids.add(SdmxIds.component(column.name())));
        ids.addAll(List.of(SdmxIds.FILTER, SdmxIds.TIME_PERIOD, SdmxIds.OBS_VALUE));
        if (table.shares()) {
            ids.add(SdmxIds.OBS_SHARE);
        }
        if (table.isReleased()) {
            ids.addAll(List.of(SdmxIds.OBS_STATUS, SdmxIds.CONF_STATUS));
        }
        ids.add(SdmxIds.UNIT_MEASURE);
        if (table.hasCoverage()) {
            ids.addAll(List.of(
                    SdmxIds.COVERAGE, SdmxIds.COMMENT_OBS, SdmxIds.RECEIVED, SdmxIds.EXPECTED, SdmxIds.LAST_PUSH));
        }
        return ids;
    }

    private static List<String> row(Table table, Line line) {
        Heading heading = table.heading();
        List<String> cells = new ArrayList<>(List.of("dataflow", SdmxIds.dataflow(heading), INFORMATION));
        table.pinned().forEach(pinned -> cells.add(SdmxIds.code(pinned.code())));
        table.dimensions().forEach(column -> cells.add(SdmxIds.code(line, column)));
        cells.add(SdmxIds.filter(table));
        cells.add(SdmxIds.period(table.period(line)));
        cells.add(CsvText.number(line.value()));
        if (table.shares()) {
            cells.add(CsvText.number(line.share()));
        }
        if (table.isReleased()) {
            cells.addAll(table.isSuppressed(line) ? SdmxIds.SUPPRESSED : SdmxIds.SHOWN);
        }
        cells.add(SdmxIds.code(heading.unit().code()));
        if (table.hasCoverage()) {
            Optional<CoverageYear> coverage = table.coverage(line);
            cells.add(coverage.map(year -> String.valueOf(year.provinces())).orElse(""));
            cells.add(coverage.map(CoverageYear::warning).map(Text::en).orElse(""));
            cells.add(coverage.map(CoverageYear::received).map(String::valueOf).orElse(""));
            cells.add(coverage.map(CoverageYear::expected).map(String::valueOf).orElse(""));
            cells.add(
                    coverage.map(CoverageYear::lastPush).map(Instant::toString).orElse(""));
        }
        return cells;
    }
}
