package org.voyage.indicators.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.reference.Label;

/**
 * One line per value, the same columns for one figure and for several. Position and time are in the headers of the
 * answer.
 */
final class CsvFormat {

    private static final String DIFFERS = "differs";
    private static final String NOTHING_KNOWN = "nothing-known";

    private CsvFormat() {}

    static byte[] write(Report report) {
        CsvText csv = new CsvText();
        csv.row(header(report.tables().getFirst()));
        for (Table table : report.tables()) {
            table.lines().forEach(line -> csv.row(row(table, line)));
        }
        return csv.bytes();
    }

    private static List<String> header(Table table) {
        List<String> names = new ArrayList<>(List.of("figure", "figureZh", "figureEn"));
        names.add(table.byYear() ? Column.YEAR : "period");
        names.add("kind");
        for (Column column : table.dimensions()) {
            names.addAll(List.of(column.name(), column.name() + "Zh", column.name() + "En"));
        }
        names.add("value");
        if (table.shares()) {
            names.add("share");
        }
        if (table.isReleased()) {
            names.add("status");
        }
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

    private static List<String> row(Table table, Line line) {
        Heading heading = table.heading();
        List<String> cells = new ArrayList<>(
                List.of(heading.code(), heading.name().zh(), heading.name().en()));
        cells.add(table.period(line));
        cells.add(line.kind().code());
        for (Column column : table.dimensions()) {
            String code = line.at().get(column.name());
            if (code == null) {
                cells.addAll(List.of("", line.kind().zh(), line.kind().en()));
            } else {
                Label label = column.label(code);
                cells.addAll(
                        List.of(CsvText.harmless(code), CsvText.harmless(label.zh()), CsvText.harmless(label.en())));
            }
        }
        cells.add(CsvText.number(line.value()));
        if (table.shares()) {
            cells.add(CsvText.number(line.share()));
        }
        if (table.isReleased()) {
            cells.add(table.isSuppressed(line) ? Table.SUPPRESSED : "");
        }
        cells.add(heading.unit().code());
        cells.add(CsvText.harmless(table.filterText()));
        if (table.hasCoverage()) {
            Optional<CoverageYear> coverage = table.coverage(line);
            cells.add(coverage.map(year -> String.valueOf(year.provinces())).orElse(""));
            cells.add(coverage.map(CsvFormat::comparable).orElse(""));
            cells.add(coverage.map(CoverageYear::received).map(String::valueOf).orElse(""));
            cells.add(coverage.map(CoverageYear::expected).map(String::valueOf).orElse(""));
            cells.add(
                    coverage.map(CoverageYear::lastPush).map(Instant::toString).orElse(""));
            cells.addAll(coverage.map(CsvFormat::provinces).orElse(List.of("", "", "", "", "")));
        }
        return cells;
    }

    private static String comparable(CoverageYear year) {
        return !year.known() ? NOTHING_KNOWN : year.differs() ? DIFFERS : "";
    }

    private static List<String> provinces(CoverageYear year) {
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
