package org.voyage.indicators.feature.published;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.voyage.kit.problem.Finding;

/**
 * One row of a file of published statistics. Findings about a cell have the pointer {@code /line/heading}.
 *
 * @param line of the file, from 1
 * @param cells without empty cells
 */
record PublishedRow(long line, Map<PublishedColumn, String> cells, Consumer<Finding> findings) {

    String textOf(PublishedColumn column) {
        return cells.getOrDefault(column, "");
    }

    boolean hasCell(PublishedColumn column) {
        return cells.containsKey(column);
    }

    void addFinding(PublishedColumn column, String rule, String detail, String detailZh) {
        findings.accept(new Finding(
                "/" + line + "/" + column.heading(),
                rule,
                "Line " + line + ", " + column.heading() + ": " + detail,
                "第 " + line + " 行 " + column.heading() + "：" + detailZh));
    }

    /** Returns the text when it matches, else adds a finding and returns an empty text. */
    String requireMatching(PublishedColumn column, String form, String rule, String detail, String detailZh) {
        String text = textOf(column);
        if (text.matches(form)) {
            return text;
        }
        addFinding(column, rule, detail, detailZh);
        return "";
    }

    /** Returns one line of text. */
    String requireMaxLength(PublishedColumn column, int longest) {
        String text = textOf(column);
        if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            addFinding(
                    column,
                    "text",
                    "expected one line of at most " + longest + " characters.",
                    "应为一行文本，最多 " + longest + " 个字符。");
            return "";
        }
        return text;
    }

    /** Returns whether no required cell is empty. */
    boolean isComplete() {
        boolean complete = true;
        for (PublishedColumn column : List.of(PublishedColumn.values())) {
            if (column.required() && !hasCell(column)) {
                addFinding(column, "required", "it is empty.", "不能为空。");
                complete = false;
            }
        }
        return complete;
    }
}
