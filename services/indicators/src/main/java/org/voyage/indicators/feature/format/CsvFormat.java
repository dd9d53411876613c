package org.voyage.indicators.feature.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.reference.CodeLabel;

/**
 * Writer of CSV reports: one line per value, with the same columns for one and for several figures. The response
 * headers hold position and time.
 */
final class CsvFormat {

    private static final String DIFFERENT_COVERAGE = "differs";
    private static final String UNKNOWN_COVERAGE = "nothing-known";
    private static final String KIND_COLUMN = "kind";
    private static final String STATUS_COLUMN = "status";
    /** Two dimensions have the name of a column that every report has: their codes need a column of another name. */
    private static final Set<String> TAKEN_NAMES = Set.of(KIND_COLUMN, STATUS_COLUMN);

    private CsvFormat() {}

    static byte[] writeReport(ValuesReport report) {
        CsvTextWriter csv = new CsvTextWriter();
        csv.writeRow(headerCells(report.tables().getFirst()));
        for (ReportTable table : report.tables()) {
            table.lines().forEach(line -> csv.writeRow(rowCells(table, line)));
        }
        return csv.toBytes();
    }

    private static List<String> headerCells(ReportTable table) {
        List<String> names = new ArrayList<>(List.of("figure", "figureZh", "figureEn"));
        names.add(table.isByYear() ? ReportColumn.YEAR_COLUMN : "period");
        names.add(KIND_COLUMN);
        for (ReportColumn column : table.dimensions()) {
            names.addAll(List.of(codeColumnOf(column), column.name() + "Zh", column.name() + "En"));
        }
        names.add("value");
        if (table.hasShares()) {
            names.add("share");
        }
        names.add(STATUS_COLUMN);
        names.addAll(List.of("unit", "filters"));
        if (table.hasCoverage()) {
            names.addAll(List.of(
                    "provinces",
                    "coverage",
                    "received",
                    "expected",
                    "lastPush",
                    "missing",
                    "added",
                    "fewer",
                    "more",
                    "notClosed"));
        }
        return names;
    }

    private static String codeColumnOf(ReportColumn column) {
        return TAKEN_NAMES.contains(column.name()) ? column.name() + "Code" : column.name();
    }

    private static List<String> rowCells(ReportTable table, ReportLine line) {
        FigureHeading heading = table.heading();
        List<String> cells = new ArrayList<>(
                List.of(heading.code(), heading.name().zh(), heading.name().en()));
        cells.add(table.periodOf(line));
        cells.add(line.kind().code());
        for (ReportColumn column : table.dimensions()) {
            String code = line.coordinates().get(column.name());
            if (code == null) {
                cells.addAll(List.of("", line.kind().zh(), line.kind().en()));
            } else {
                CodeLabel label = column.labelOf(code);
                cells.addAll(List.of(
                        CsvTextWriter.escapeFormula(code),
                        CsvTextWriter.escapeFormula(label.zh()),
                        CsvTextWriter.escapeFormula(label.en())));
            }
        }
        cells.add(CsvTextWriter.formatNumber(line.value()));
        if (table.hasShares()) {
            cells.add(CsvTextWriter.formatNumber(line.share()));
        }
        cells.add(table.statusOf(line));
        cells.add(heading.unit().code());
        cells.add(CsvTextWriter.escapeFormula(table.formatFilters()));
        if (table.hasCoverage()) {
            Optional<CoverageYear> coverage = table.coverageOf(line);
            cells.add(coverage.map(year -> String.valueOf(year.provinces())).orElse(""));
            cells.add(coverage.map(CsvFormat::comparability).orElse(""));
            cells.add(coverage.map(CoverageYear::received).map(String::valueOf).orElse(""));
            cells.add(coverage.map(CoverageYear::expected).map(String::valueOf).orElse(""));
            cells.add(
                    coverage.map(CoverageYear::lastPush).map(Instant::toString).orElse(""));
            cells.addAll(coverage.map(CsvFormat::differingProvinces).orElse(List.of("", "", "", "", "")));
        }
        return cells;
    }

    private static String comparability(CoverageYear year) {
        return !year.known() ? UNKNOWN_COVERAGE : year.differs() ? DIFFERENT_COVERAGE : "";
    }

    private static List<String> differingProvinces(CoverageYear year) {
        List<String> notClosed = year.notClosed();
        return Stream.of(
                        year.missing(),
                        year.added(),
                        year.fewer(),
                        year.more(),
                        notClosed == null ? List.<String>of() : notClosed)
                .map(provinces -> String.join(" ", provinces))
                .toList();
    }
}
