package org.voyage.indicators.feature.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularReport.TabularColumn;
import org.voyage.indicators.feature.format.TabularReport.TabularSheet;
import org.voyage.indicators.feature.reconciliation.BridgeResource.BridgeAnswer;
import org.voyage.indicators.feature.reconciliation.RevisionBridge.BridgeStep;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.reference.CodeLabel;

/**
 * Report of a revision bridge: a line for the published number, one for each step with the value that it leads to, and
 * one for the live value.
 */
final class BridgeReport {

    private static final List<TabularColumn> COLUMNS = columns();

    private BridgeReport() {}

    private static List<TabularColumn> columns() {
        List<TabularColumn> columns = new ArrayList<>(List.of(
                TabularColumn.of("set", "数据集", "Set"),
                TabularColumn.of("setVersion", "数据集版本", "Version of the set"),
                TabularColumn.of("figure", "已公布指标", "Published figure"),
                TabularColumn.of("period", "期间", "Period")));
        columns.addAll(TabularColumn.ofCode("indicator", "指标", "Figure"));
        columns.add(TabularColumn.of("line", "行类型", "Line"));
        columns.addAll(TabularColumn.ofCode("kind", "原因", "Cause"));
        columns.add(TabularColumn.of("events", "事件数", "Events"));
        columns.add(TabularColumn.of("amount", "变动量", "Amount"));
        columns.add(TabularColumn.of("value", "数值", "Value"));
        columns.add(TabularColumn.of("unit", "单位", "Unit"));
        columns.add(TabularColumn.of("link", "链接", "Link"));
        return List.copyOf(columns);
    }

    static TabularReport toReport(BridgeAnswer answer) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        BigDecimal value = answer.published();
        rows.add(toRow(answer, "published", null, value));
        for (BridgeStep step : answer.steps()) {
            value = value.add(step.amount());
            rows.add(toRow(answer, "step", step, value));
        }
        rows.add(toRow(answer, "live", null, answer.live()));
        return new TabularReport(
                answer.definition().code() + "-bridge",
                answer.to(),
                List.of(new TabularSheet(new CodeLabel("差额分解", "Bridge"), COLUMNS, rows)));
    }

    /** @param step null for a line that is a value and no step */
    private static List<@Nullable Object> toRow(
            BridgeAnswer answer, String line, @Nullable BridgeStep step, BigDecimal value) {
        FigureHeading figure = answer.definition();
        return TabularReport.rowOf(
                answer.set(),
                answer.setVersion(),
                answer.figure(),
                answer.period(),
                figure.code(),
                figure.name().zh(),
                figure.name().en(),
                line,
                step == null ? null : step.kind(),
                step == null ? null : step.name().zh(),
                step == null ? null : step.name().en(),
                step == null ? null : step.events(),
                step == null ? null : step.amount(),
                value,
                figure.unit().code(),
                answer.attribution());
    }
}
