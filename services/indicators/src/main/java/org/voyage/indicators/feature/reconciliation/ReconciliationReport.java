package org.voyage.indicators.feature.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularReport.TabularColumn;
import org.voyage.indicators.feature.format.TabularReport.TabularSheet;
import org.voyage.indicators.feature.reconciliation.ReconciliationResource.Reconciliation;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.reference.CodeLabel;

/** Report of the reconciliation: a line for each published line, the largest difference first. */
final class ReconciliationReport {

    private static final List<TabularColumn> COLUMNS = List.of(
            TabularColumn.of("set", "数据集", "Set"),
            TabularColumn.of("setVersion", "数据集版本", "Version of the set"),
            TabularColumn.of("figure", "已公布指标", "Published figure"),
            TabularColumn.of("period", "期间", "Period"),
            TabularColumn.of("service", "系统", "Service"),
            TabularColumn.of("indicator", "指标代码", "Figure, code"),
            TabularColumn.of("indicatorZh", "指标", "Figure, Chinese"),
            TabularColumn.of("indicatorEn", "指标（英文）", "Figure, English"),
            TabularColumn.of("relation", "关系", "Relation"),
            TabularColumn.of("published", "公布值", "Published"),
            TabularColumn.of("live", "实时值", "Live"),
            TabularColumn.of("difference", "差额", "Difference"),
            TabularColumn.of("matches", "是否一致", "Matches"),
            TabularColumn.of("unit", "单位", "Unit"),
            TabularColumn.of("publishedOn", "公布日期", "Published on"),
            TabularColumn.of("source", "出处", "Source"),
            TabularColumn.of("link", "链接", "Link"));

    private static final List<TabularColumn> CONTRADICTION_COLUMNS = List.of(
            TabularColumn.of("rule", "规则", "Rule"),
            TabularColumn.of("figures", "已公布指标", "Published figures"),
            TabularColumn.of("sets", "数据集", "Sets"),
            TabularColumn.of("explanationZh", "说明", "Explanation, Chinese"),
            TabularColumn.of("explanationEn", "说明（英文）", "Explanation, English"));

    private static final Comparator<PublishedComparison> LARGEST_FIRST = Comparator.comparing(
            ReconciliationReport::absoluteDifference, Comparator.nullsLast(Comparator.reverseOrder()));

    private ReconciliationReport() {}

    static TabularReport toReport(Reconciliation answer) {
        List<PublishedComparison> lines = new ArrayList<>(answer.items());
        lines.sort(LARGEST_FIRST);
        return new TabularReport(
                "reconciliation",
                answer.position().time(),
                List.of(
                        new TabularSheet(
                                new CodeLabel("公布数比对", "Reconciliation"),
                                COLUMNS,
                                lines.stream().map(ReconciliationReport::toRow).toList()),
                        new TabularSheet(
                                new CodeLabel("公布数矛盾", "Contradictions"),
                                CONTRADICTION_COLUMNS,
                                answer.contradictions().stream()
                                        .map(ReconciliationReport::toRow)
                                        .toList())));
    }

    private static @Nullable BigDecimal absoluteDifference(PublishedComparison line) {
        BigDecimal difference = line.unsatisfiedDifference();
        return difference == null ? null : difference.abs();
    }

    private static List<@Nullable Object> toRow(PublishedComparison line) {
        FigureHeading figure = line.definition();
        return TabularReport.rowOf(
                line.set(),
                line.setVersion(),
                line.figure(),
                line.period(),
                line.service(),
                line.indicator(),
                figure == null ? null : figure.name().zh(),
                figure == null ? null : figure.name().en(),
                line.relation(),
                line.published(),
                line.live(),
                line.unsatisfiedDifference(),
                line.matches(),
                line.unit(),
                line.publishedOn(),
                line.source(),
                line.bridge());
    }

    private static List<@Nullable Object> toRow(Contradiction contradiction) {
        return TabularReport.rowOf(
                contradiction.rule(),
                String.join("; ", contradiction.figures()),
                String.join("; ", contradiction.sets()),
                contradiction.explanation().zh(),
                contradiction.explanation().en());
    }
}
