package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.explanation.RecentChangesResource.OverviewAnswer;
import org.voyage.indicators.feature.explanation.RecentChangesResource.SentAnswer;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularReport.TabularColumn;
import org.voyage.indicators.feature.format.TabularReport.TabularSheet;
import org.voyage.indicators.feature.preview.PreviewResponses.FigurePreview;
import org.voyage.indicators.feature.preview.PreviewResponses.RankPreview;
import org.voyage.indicators.feature.preview.PreviewResponses.YearPreview;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.reference.CodeLabel;

/** Report of what moved since a moment: a line for each year, province and country, the largest difference first. */
final class RecentChangesReport {

    private static final List<TabularColumn> COLUMNS = columns();
    private static final List<TabularColumn> SENT_COLUMNS = sentColumns();

    private RecentChangesReport() {}

    /**
     * @param code of the dimension; empty for the total
     * @param link the path that explains the line
     */
    private record MovedLine(
            FigurePreview figure,
            String year,
            String dimension,
            String code,
            @Nullable BigDecimal before,
            @Nullable BigDecimal after,
            @Nullable Integer rankBefore,
            @Nullable Integer rankAfter,
            String link) {

        private static final Comparator<MovedLine> LARGEST_FIRST = Comparator.comparing(
                        (MovedLine line) -> line.difference().abs(), Comparator.reverseOrder())
                .thenComparing(line -> line.figure().indicator().code())
                .thenComparing(MovedLine::year, Comparator.reverseOrder())
                .thenComparing(MovedLine::dimension)
                .thenComparing(MovedLine::code);

        BigDecimal difference() {
            return Objects.requireNonNullElse(after, BigDecimal.ZERO)
                    .subtract(Objects.requireNonNullElse(before, BigDecimal.ZERO));
        }
    }

    private static List<TabularColumn> columns() {
        List<TabularColumn> columns = new ArrayList<>(TabularColumn.ofCode("figure", "指标", "Figure"));
        columns.add(TabularColumn.of("period", "期间", "Period"));
        columns.add(TabularColumn.of("dimension", "维度", "Dimension"));
        columns.addAll(TabularColumn.ofCode("code", "项目", "Code"));
        columns.add(TabularColumn.of("before", "变动前", "Before"));
        columns.add(TabularColumn.of("after", "变动后", "After"));
        columns.add(TabularColumn.of("difference", "差额", "Difference"));
        columns.add(TabularColumn.of("unit", "单位", "Unit"));
        columns.add(TabularColumn.of("rankBefore", "变动前位次", "Rank before"));
        columns.add(TabularColumn.of("rankAfter", "变动后位次", "Rank after"));
        columns.add(TabularColumn.of("link", "链接", "Link"));
        return List.copyOf(columns);
    }

    private static List<TabularColumn> sentColumns() {
        List<TabularColumn> columns = new ArrayList<>(TabularColumn.ofCode("record", "记录类型", "Record"));
        columns.addAll(TabularColumn.ofCode("province", "省份", "Province"));
        columns.add(TabularColumn.of("records", "记录数", "Records"));
        columns.add(TabularColumn.of("changes", "变更", "Changes"));
        return List.copyOf(columns);
    }

    static TabularReport toReport(OverviewAnswer answer) {
        List<MovedLine> lines = new ArrayList<>();
        for (FigurePreview figure : answer.items()) {
            figure.years().forEach(year -> lines.add(totalLine(answer, figure, year)));
            figure.ranks().forEach(rank -> lines.add(rankLine(answer, figure, rank)));
        }
        lines.sort(MovedLine.LARGEST_FIRST);
        List<SentAnswer> sent = new ArrayList<>(answer.sent());
        sent.sort(Comparator.comparingInt(SentAnswer::records).reversed());
        return new TabularReport(
                "changes",
                answer.position().time(),
                List.of(
                        new TabularSheet(
                                new CodeLabel("指标变动", "Changes"),
                                COLUMNS,
                                lines.stream()
                                        .map(line -> toRow(line, answer.labels()))
                                        .toList()),
                        new TabularSheet(
                                new CodeLabel("报送情况", "Sent"),
                                SENT_COLUMNS,
                                sent.stream()
                                        .map(each -> toRow(each, answer.labels()))
                                        .toList())));
    }

    private static MovedLine totalLine(OverviewAnswer answer, FigurePreview figure, YearPreview year) {
        return new MovedLine(
                figure,
                year.period(),
                "",
                "",
                year.before(),
                year.after(),
                null,
                null,
                linkOf(answer, figure, year.period(), ""));
    }

    private static MovedLine rankLine(OverviewAnswer answer, FigurePreview figure, RankPreview rank) {
        return new MovedLine(
                figure,
                rank.period(),
                rank.dimension(),
                rank.code(),
                rank.before(),
                rank.after(),
                rank.rankBefore(),
                rank.rankAfter(),
                linkOf(answer, figure, rank.period(), "&" + rank.dimension() + "=" + rank.code()));
    }

    private static String linkOf(OverviewAnswer answer, FigurePreview figure, String period, String filter) {
        return "/v1/indicators/" + figure.indicator().code() + "/changes?from=" + answer.from() + "&period=" + period
                + filter;
    }

    private static List<@Nullable Object> toRow(MovedLine line, Map<String, Map<String, CodeLabel>> labels) {
        List<@Nullable Object> row = new ArrayList<>(TabularReport.rowOf(
                line.figure().indicator().code(),
                line.figure().indicator().name().zh(),
                line.figure().indicator().name().en(),
                line.year(),
                line.dimension()));
        row.addAll(RecordColumns.codeCells(labels, line.dimension(), line.code()));
        row.addAll(TabularReport.rowOf(
                line.before(),
                line.after(),
                line.difference(),
                line.figure().indicator().unit().code(),
                line.rankBefore(),
                line.rankAfter(),
                line.link()));
        return row;
    }

    private static List<@Nullable Object> toRow(SentAnswer sent, Map<String, Map<String, CodeLabel>> labels) {
        List<@Nullable Object> row = new ArrayList<>();
        row.addAll(RecordColumns.codeCells(labels, CodeLabelLookup.RECORD_DIMENSION, sent.record()));
        row.addAll(RecordColumns.codeCells(labels, "province", sent.province()));
        row.addAll(TabularReport.rowOf(sent.records(), sent.changes().toString()));
        return row;
    }
}
