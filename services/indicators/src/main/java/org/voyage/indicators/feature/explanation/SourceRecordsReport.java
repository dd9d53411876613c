package org.voyage.indicators.feature.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.explanation.EvidenceResource.BelongsTo;
import org.voyage.indicators.feature.explanation.EvidenceResource.EvidenceAnswer;
import org.voyage.indicators.feature.explanation.EvidenceResource.EvidenceItem;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularReport.TabularColumn;
import org.voyage.indicators.feature.format.TabularReport.TabularSheet;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.reference.CodeLabel;

/** Report of the records behind a value, in the order of the answer. */
@ApplicationScoped
class SourceRecordsReport {

    private static final List<TabularColumn> COLUMNS = columns();

    private final CodeLabelLookup labels;

    SourceRecordsReport(CodeLabelLookup labels) {
        this.labels = labels;
    }

    private static List<TabularColumn> columns() {
        List<TabularColumn> columns = new ArrayList<>(TabularColumn.ofCode("figure", "指标", "Figure"));
        columns.add(TabularColumn.of("period", "期间", "Period"));
        columns.add(TabularColumn.of("component", "组成部分", "Component"));
        columns.addAll(RecordColumns.COLUMNS);
        columns.add(TabularColumn.of("belongsTo", "所属记录", "Belongs to"));
        columns.add(TabularColumn.of("version", "版本", "Version"));
        columns.add(TabularColumn.of("change", "变更", "Change"));
        columns.add(TabularColumn.of("eventTime", "变更时间", "Time of the event"));
        columns.add(TabularColumn.of("at", "代码", "At"));
        columns.add(TabularColumn.of("amount", "数量", "Amount"));
        columns.add(TabularColumn.of("elements", "去重对象", "Elements"));
        columns.add(TabularColumn.of("link", "链接", "Link"));
        return List.copyOf(columns);
    }

    TabularReport toReport(EvidenceAnswer answer) {
        Set<String> records = new HashSet<>();
        Set<String> provinces = new HashSet<>();
        answer.items().forEach(item -> {
            records.add(item.record());
            provinces.add(item.province());
        });
        Map<String, Map<String, CodeLabel>> labelled = labels.labelsOf(RecordColumns.codes(records, provinces));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        answer.items().forEach(item -> rows.add(toRow(answer, item, labelled)));
        return new TabularReport(
                answer.indicator().code() + "-evidence",
                answer.position().time(),
                List.of(new TabularSheet(new CodeLabel("构成记录", "Evidence"), COLUMNS, rows)));
    }

    private static List<@Nullable Object> toRow(
            EvidenceAnswer answer, EvidenceItem item, Map<String, Map<String, CodeLabel>> labelled) {
        List<@Nullable Object> row = new ArrayList<>(TabularReport.rowOf(
                answer.indicator().code(),
                answer.indicator().name().zh(),
                answer.indicator().name().en(),
                answer.period(),
                item.component()));
        row.addAll(RecordColumns.cellsOf(labelled, item.record(), item.province(), item.sourceId(), item.name()));
        row.addAll(TabularReport.rowOf(
                item.belongsTo().stream().map(SourceRecordsReport::formatParent).collect(Collectors.joining("; ")),
                item.version(),
                item.change(),
                item.eventTime(),
                item.at().entrySet().stream()
                        .map(code -> code.getKey() + "=" + code.getValue())
                        .collect(Collectors.joining("; ")),
                item.amount(),
                String.join("; ", item.elements()),
                RecordNameLookup.pathOf(item.record(), item.province(), item.sourceId())));
        return row;
    }

    private static String formatParent(BelongsTo parent) {
        return Objects.requireNonNullElse(parent.name(), parent.record()) + " (" + parent.sourceId() + ")";
    }
}
