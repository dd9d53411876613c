package org.voyage.indicators.feature.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;
import org.voyage.indicators.query.HeadlineAnswer;
import org.voyage.indicators.reference.CodeLabel;

/** Sample reports for the format tests. */
final class SampleReports {

    static final Instant TIME = Instant.parse("2026-11-24T10:00:00.123456Z");

    private SampleReports() {}

    /** Returns schools by year and country with a remainder, totals and shares, filtered by brand. */
    static ValuesReport schoolsReport() {
        return reportOf(schoolsTable(
                valueLine("2022", "THA", "4", "66.67"),
                createLine(ReportLine.LineKind.OTHERS, coordinatesOf("2022", null), "2", "33.33", 2),
                createLine(ReportLine.LineKind.TOTAL, coordinatesOf("2022", null), "6", null, 1)));
    }

    /** Returns the same report for external readers: the value of one country is suppressed. */
    static ValuesReport releasedReport() {
        ReportTable table = schoolsTable(
                new ReportLine(ReportLine.LineKind.VALUE, coordinatesOf("2022", "THA"), null, null, 1),
                createLine(ReportLine.LineKind.TOTAL, coordinatesOf("2022", null), "12", null, 1));
        return reportOf(withReleaseAndNotes(table, new ReleaseAnswer(7, TIME), table.notes()));
    }

    /** Returns the same table with these notes. */
    static ReportTable withNotes(ReportTable table, NoteAnswer... notes) {
        return withReleaseAndNotes(table, table.release(), List.of(notes));
    }

    private static ReportTable withReleaseAndNotes(
            ReportTable table, @Nullable ReleaseAnswer release, List<NoteAnswer> notes) {
        return new ReportTable(
                table.heading(),
                table.columns(),
                table.filters(),
                table.pinned(),
                table.period(),
                table.lines(),
                table.hasShares(),
                release,
                table.components(),
                table.headline(),
                table.coverage(),
                notes);
    }

    static ValuesReport reportOf(ReportTable... tables) {
        return new ValuesReport(
                new PositionAnswer(Map.of("overseas.overseas-school", new LinkedHashMap<>(Map.of("0", 17L))), TIME),
                List.of(tables));
    }

    static ReportTable schoolsTable(ReportLine... lines) {
        return new ReportTable(
                new FigureHeading(
                        "overseas-schools",
                        2,
                        new LocalizedText("境外办学机构数", "Overseas schools"),
                        new Unit("schools", "个", "schools")),
                List.of(
                        new ReportColumn(ReportColumn.YEAR_COLUMN, new CodeLabel("年度", "Year"), false, Map.of()),
                        new ReportColumn(
                                "hostCountry",
                                new CodeLabel("所在国家", "Host country"),
                                true,
                                Map.of("THA", new CodeLabel("泰国", "Thailand")))),
                Map.of("brand", "luban-workshop"),
                List.of(new ReportTable.PinnedColumn(
                        new ReportColumn(
                                "brand",
                                new CodeLabel("品牌", "Brand"),
                                true,
                                Map.of("luban-workshop", new CodeLabel("鲁班工坊", "Luban Workshop"))),
                        "luban-workshop")),
                "2022..2022",
                List.of(lines),
                true,
                null,
                List.of(),
                HeadlineAnswer.ofYear(2022),
                List.of(),
                List.of());
    }

    static ReportLine valueLine(String year, String country, String value, @Nullable String share) {
        return createLine(ReportLine.LineKind.VALUE, coordinatesOf(year, country), value, share, 1);
    }

    private static Map<String, String> coordinatesOf(String year, @Nullable String country) {
        Map<String, String> at = new LinkedHashMap<>(Map.of(ReportColumn.YEAR_COLUMN, year));
        if (country != null) {
            at.put("hostCountry", country);
        }
        return at;
    }

    private static ReportLine createLine(
            ReportLine.LineKind kind, Map<String, String> at, String value, @Nullable String share, int count) {
        return new ReportLine(kind, at, new BigDecimal(value), share == null ? null : new BigDecimal(share), count);
    }
}
