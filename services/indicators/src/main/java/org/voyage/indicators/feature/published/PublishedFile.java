package org.voyage.indicators.feature.published;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.sheet.SmallCsvFile;

/** File of published statistics, split into cells, with its findings. */
final class PublishedFile {

    /** Maximum number of findings of one file. */
    private static final int MAX_FINDINGS = 500;

    private static final int MAX_LINES = 2_000;

    private final List<PublishedRow> rows = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private PublishedFile() {}

    static PublishedFile parse(byte[] csv) {
        PublishedFile file = new PublishedFile();
        List<SmallCsvFile.SmallCsvRow> read = SmallCsvFile.parse(csv);
        if (read.size() < 2) {
            file.addFinding(new Finding(
                    "", "empty", "Expected a line of headings and at least one line under it.", "应有表头及至少一行数据。"));
        } else if (read.size() > MAX_LINES + 1) {
            file.addFinding(new Finding(
                    "",
                    "too-many-lines",
                    "A set has at most " + MAX_LINES + " lines.",
                    "每个数据集最多 " + MAX_LINES + " 行。"));
        } else {
            Map<Integer, PublishedColumn> columns = file.parseHeadings(read.getFirst());
            if (file.findings.isEmpty()) {
                read.stream().skip(1).forEach(row -> file.addRow(row, columns));
            }
        }
        return file;
    }

    List<PublishedRow> rows() {
        return rows;
    }

    /** Returns the findings in the order of the parsed lines; at most {@value #MAX_FINDINGS}. */
    List<Finding> findings() {
        return findings;
    }

    private void addFinding(Finding finding) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(finding);
        }
    }

    private Map<Integer, PublishedColumn> parseHeadings(SmallCsvFile.SmallCsvRow headings) {
        Map<Integer, PublishedColumn> columns = new TreeMap<>();
        headings.fault().ifPresent(this::addFinding);
        Set<PublishedColumn> seen = new HashSet<>();
        String at = "/" + headings.line();
        for (int i = 0; i < headings.cells().size(); i++) {
            String heading = headings.cells().get(i).strip();
            Optional<PublishedColumn> column = PublishedColumn.of(heading);
            if (column.isEmpty()) {
                String known = String.join(", ", PublishedColumn.headings());
                addFinding(new Finding(
                        at + "/" + (i + 1),
                        "column-unknown",
                        "Column " + (i + 1) + " has no heading that is known. Known: " + known + ".",
                        "第 " + (i + 1) + " 列表头无法识别。可用：" + known + "。"));
            } else if (!seen.add(column.get())) {
                addFinding(new Finding(
                        at + "/" + (i + 1),
                        "column-repeated",
                        "Column " + (i + 1) + " is there twice: " + column.get().heading() + ".",
                        "第 " + (i + 1) + " 列重复：" + column.get().heading() + "。"));
            } else {
                columns.put(i, column.get());
            }
        }
        for (PublishedColumn column : PublishedColumn.values()) {
            if (column.required() && !seen.contains(column)) {
                addFinding(new Finding(
                        at,
                        "column-missing",
                        "There is no column " + column.heading() + ".",
                        "缺少列 " + column.heading() + "。"));
            }
        }
        return columns;
    }

    private void addRow(SmallCsvFile.SmallCsvRow row, Map<Integer, PublishedColumn> columns) {
        if (row.fault().isPresent()) {
            addFinding(row.fault().get());
        } else if (row.cells().size() != columns.size()) {
            addFinding(new Finding(
                    "/" + row.line(),
                    "cells",
                    "Line " + row.line() + " has " + row.cells().size() + " cells, the headings are " + columns.size()
                            + ".",
                    "第 " + row.line() + " 行有 " + row.cells().size() + " 个单元格，表头有 " + columns.size() + " 个。"));
        } else {
            Map<PublishedColumn, String> cells = new EnumMap<>(PublishedColumn.class);
            columns.forEach((index, column) -> {
                String text = row.cells().get(index).strip();
                if (!text.isEmpty()) {
                    cells.put(column, text);
                }
            });
            rows.add(new PublishedRow(row.line(), cells, this::addFinding));
        }
    }
}
