package org.voyage.indicators.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.indicator.Unit;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Answers.ReleaseAnswer;
import org.voyage.indicators.reference.Label;

/** Answers to write. */
final class Reports {

    static final Instant TIME = Instant.parse("2026-11-24T10:00:00.123456Z");

    private Reports() {}

    /** Schools by year and country with a remainder, totals and shares, as a filter on a brand leaves them. */
    static Report schools() {
        return of(schoolsTable(
                value("2022", "THA", "4", "66.67"),
                line(Line.Kind.OTHERS, at("2022", null), "2", "33.33", 2),
                line(Line.Kind.TOTAL, at("2022", null), "6", null, 1)));
    }

    /** The same for readers outside: what there is of one country is not shown. */
    static Report released() {
        Table table = schoolsTable(
                new Line(Line.Kind.VALUE, at("2022", "THA"), null, null, 1),
                line(Line.Kind.TOTAL, at("2022", null), "12", null, 1));
        return of(with(table, new ReleaseAnswer(7, TIME), table.notes()));
    }

    /** The same table with these notes. */
    static Table noted(Table table, NoteAnswer... notes) {
        return with(table, table.release(), List.of(notes));
    }

    private static Table with(Table table, @Nullable ReleaseAnswer release, List<NoteAnswer> notes) {
        return new Table(
                table.heading(),
                table.columns(),
                table.filters(),
                table.pinned(),
                table.period(),
                table.lines(),
                table.shares(),
                release,
                table.components(),
                table.coverage(),
                notes);
    }

    static Report of(Table... tables) {
        return new Report(
                new PositionAnswer(Map.of("overseas.overseas-school", new LinkedHashMap<>(Map.of("0", 17L))), TIME),
                List.of(tables));
    }

    static Table schoolsTable(Line... lines) {
        return new Table(
                new Heading(
                        "overseas-schools",
                        2,
                        new Text("境外办学机构数", "Overseas schools"),
                        new Unit("schools", "个", "schools")),
                List.of(
                        new Column(Column.YEAR, new Label("年度", "Year"), false, Map.of()),
                        new Column(
                                "hostCountry",
                                new Label("所在国家", "Host country"),
                                true,
                                Map.of("THA", new Label("泰国", "Thailand")))),
                Map.of("brand", "luban-workshop"),
                List.of(new Table.Pinned(
                        new Column(
                                "brand",
                                new Label("品牌", "Brand"),
                                true,
                                Map.of("luban-workshop", new Label("鲁班工坊", "Luban Workshop"))),
                        "luban-workshop")),
                "2022..2022",
                List.of(lines),
                true,
                null,
                List.of(),
                List.of(),
                List.of());
    }

    static Line value(String year, String country, String value, @Nullable String share) {
        return line(Line.Kind.VALUE, at(year, country), value, share, 1);
    }

    private static Map<String, String> at(String year, @Nullable String country) {
        Map<String, String> at = new LinkedHashMap<>(Map.of(Column.YEAR, year));
        if (country != null) {
            at.put("hostCountry", country);
        }
        return at;
    }

    private static Line line(Line.Kind kind, Map<String, String> at, String value, @Nullable String share, int count) {
        return new Line(kind, at, new BigDecimal(value), share == null ? null : new BigDecimal(share), count);
    }
}
