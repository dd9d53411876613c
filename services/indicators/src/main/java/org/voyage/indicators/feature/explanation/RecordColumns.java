package org.voyage.indicators.feature.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularReport.TabularColumn;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.reference.CodeLabel;

/** Columns of a report that name a record: its type, its province, its key and its name. */
final class RecordColumns {

    static final List<TabularColumn> COLUMNS = columns();

    private static final String PROVINCE_DIMENSION = "province";

    private RecordColumns() {}

    private static List<TabularColumn> columns() {
        List<TabularColumn> columns = new ArrayList<>(TabularColumn.ofCode("record", "记录类型", "Record"));
        columns.addAll(TabularColumn.ofCode(PROVINCE_DIMENSION, "省份", "Province"));
        columns.add(TabularColumn.of("sourceId", "记录编号", "Source id"));
        columns.add(TabularColumn.of("name", "名称", "Name"));
        return List.copyOf(columns);
    }

    /** Returns the codes whose labels the columns need. */
    static Map<String, Set<String>> codes(Set<String> records, Set<String> provinces) {
        return Map.of(CodeLabelLookup.RECORD_DIMENSION, records, PROVINCE_DIMENSION, provinces);
    }

    /** @param labels of the codes of {@link #codes} */
    static List<@Nullable Object> cellsOf(
            Map<String, Map<String, CodeLabel>> labels,
            String record,
            String province,
            String sourceId,
            @Nullable String name) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.addAll(codeCells(labels, CodeLabelLookup.RECORD_DIMENSION, record));
        cells.addAll(codeCells(labels, PROVINCE_DIMENSION, province));
        cells.addAll(TabularReport.rowOf(sourceId, name));
        return cells;
    }

    /** Returns a code and its names. */
    static List<@Nullable Object> codeCells(Map<String, Map<String, CodeLabel>> labels, String dimension, String code) {
        CodeLabel label = labels.getOrDefault(dimension, Map.of()).get(code);
        return TabularReport.rowOf(code, label == null ? null : label.zh(), label == null ? null : label.en());
    }
}
