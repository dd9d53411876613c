package org.voyage.indicators.feature.completeness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.CompletenessResource.CompletenessAnswer;
import org.voyage.indicators.feature.completeness.CompletenessResource.SenderAnswer;
import org.voyage.indicators.feature.completeness.CompletenessResource.YearAnswer;
import org.voyage.indicators.feature.format.TabularReport;
import org.voyage.indicators.feature.format.TabularReport.TabularColumn;
import org.voyage.indicators.feature.format.TabularReport.TabularSheet;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.reference.CodeLabel;

/** Report of the completeness: a line for each province, service and year, the largest difference first. */
final class CompletenessReport {

    private static final String PROVINCE_DIMENSION = "province";
    private static final List<TabularColumn> COLUMNS = columns();
    private static final Comparator<SenderYearLine> LARGEST_FIRST = Comparator.comparing(
                    SenderYearLine::absoluteDifference, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(line -> line.sender().province())
            .thenComparing(line -> line.sender().service())
            .thenComparing(line -> line.year().year());

    private CompletenessReport() {}

    private record SenderYearLine(SenderAnswer sender, YearAnswer year) {

        /** Returns received minus expected; null when nothing is expected. */
        @Nullable
        Long difference() {
            Long expected = year.expected();
            return expected == null ? null : year.received() - expected;
        }

        @Nullable
        Long absoluteDifference() {
            Long difference = difference();
            return difference == null ? null : Math.abs(difference);
        }
    }

    private static List<TabularColumn> columns() {
        List<TabularColumn> columns = new ArrayList<>(TabularColumn.ofCode(PROVINCE_DIMENSION, "省份", "Province"));
        columns.addAll(List.of(
                TabularColumn.of("service", "系统", "Service"),
                TabularColumn.of("year", "年度", "Year"),
                TabularColumn.of("state", "状态", "State"),
                TabularColumn.of("since", "状态起始时间", "Since"),
                TabularColumn.of("received", "已收记录数", "Received"),
                TabularColumn.of("expected", "应收记录数", "Expected"),
                TabularColumn.of("expectedFrom", "应收数来源", "Expected from"),
                TabularColumn.of("difference", "差额", "Difference"),
                TabularColumn.of("parked", "待挂接行数", "Parked"),
                TabularColumn.of("refused", "被拒行数", "Refused"),
                TabularColumn.of("lastFile", "最近文件", "Last file"),
                TabularColumn.of("lastPush", "最近报送", "Last push"),
                TabularColumn.of("link", "链接", "Link")));
        return List.copyOf(columns);
    }

    static TabularReport toReport(CompletenessAnswer answer, CodeLabelLookup names) {
        List<SenderYearLine> lines = new ArrayList<>();
        Set<String> provinces = new HashSet<>();
        for (SenderAnswer sender : answer.items()) {
            provinces.add(sender.province());
            sender.years().forEach(year -> lines.add(new SenderYearLine(sender, year)));
        }
        lines.sort(LARGEST_FIRST);
        Map<String, CodeLabel> labels =
                names.labelsOf(Map.of(PROVINCE_DIMENSION, provinces)).getOrDefault(PROVINCE_DIMENSION, Map.of());
        return new TabularReport(
                "completeness",
                answer.position().time(),
                List.of(new TabularSheet(
                        new CodeLabel("报送完整性", "Completeness"),
                        COLUMNS,
                        lines.stream().map(line -> toRow(line, labels)).toList())));
    }

    private static List<@Nullable Object> toRow(SenderYearLine line, Map<String, CodeLabel> labels) {
        SenderAnswer sender = line.sender();
        YearAnswer year = line.year();
        CodeLabel label = labels.get(sender.province());
        return TabularReport.rowOf(
                sender.province(),
                label == null ? null : label.zh(),
                label == null ? null : label.en(),
                sender.service(),
                String.valueOf(year.year()),
                year.state(),
                year.since(),
                year.received(),
                year.expected(),
                year.expectedFrom(),
                line.difference(),
                year.parked(),
                year.refused(),
                year.lastFile(),
                year.lastPush(),
                "/v1/completeness?province=" + sender.province() + "&service=" + sender.service() + "&year="
                        + year.year());
    }
}
