package org.voyage.kit.sheet;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.problem.Finding;

/**
 * Detector of rows below the headings that are totals or notes. It reports them as such before their cells are checked
 * one by one.
 */
public final class NonRecordRow {
    /** First cell of a row of totals, as {@link CellTextParser#fold} makes it. */
    private static final Set<String> TOTAL_WORDS =
            Set.of("合计", "总计", "小计", "共计", "累计", "总数", "total", "subtotal", "sub-total", "grandtotal");

    private static final int MAX_TOTAL_LENGTH = 20;
    /** Characters that a note has and a key hardly. */
    private static final Pattern SENTENCE_MARKS = Pattern.compile("[\\s：:，。；、]");

    private NonRecordRow() {}

    /**
     * @param cells of a row that is not empty
     * @param key the place of the record's key among them
     * @return null if the row may be a record
     */
    public static @Nullable Finding detectNonRecord(List<String> cells, int key) {
        int filled = 0;
        var first = "";
        for (var cell : cells) {
            var text = CellTextParser.strip(cell);
            if (!text.isEmpty() && filled++ == 0) {
                first = text;
            }
        }
        var sourceId = key < cells.size() ? CellTextParser.strip(cells.get(key)) : "";
        boolean note = filled == 1
                && (!first.equals(sourceId) || SENTENCE_MARKS.matcher(first).find());
        return note || isTotal(first) && (sourceId.isEmpty() || isTotal(sourceId))
                ? new Finding(
                        "",
                        "not-a-record",
                        "The row is a total or a note, or has a single value: it gives no record.",
                        "该行为合计、备注，或只有一个值，不是一条数据。")
                : null;
    }

    private static boolean isTotal(String text) {
        return text.length() < MAX_TOTAL_LENGTH
                && TOTAL_WORDS.contains(CellTextParser.fold(text).replace(":", ""));
    }
}
