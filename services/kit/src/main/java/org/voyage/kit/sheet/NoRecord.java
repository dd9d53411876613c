package org.voyage.kit.sheet;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.Finding;

/** Rows below the headings of a table that are totals or notes: told as what they are, before each cell is found wrong by itself. */
public final class NoRecord {
    /** What the first cell of a row of totals says, as {@link CellText#fold} has it. */
    private static final Set<String> TOTALS =
            Set.of("合计", "总计", "小计", "共计", "累计", "总数", "total", "subtotal", "sub-total", "grandtotal");

    private static final int LONGEST_TOTAL = 20;
    /** What a note has and a key hardly. */
    private static final Pattern SENTENCE = Pattern.compile("[\\s：:，。；、]");

    private NoRecord() {}

    /**
     * @param cells of a row that is not empty
     * @param key the place of the record's key among them
     * @return null if the row may be a record
     */
    public static @Nullable Finding finding(List<String> cells, int key) {
        int filled = 0;
        var first = "";
        for (var cell : cells) {
            var text = CellText.strip(cell);
            if (!text.isEmpty() && filled++ == 0) {
                first = text;
            }
        }
        var sourceId = key < cells.size() ? CellText.strip(cells.get(key)) : "";
        boolean note = filled == 1
                && (!first.equals(sourceId) || SENTENCE.matcher(first).find());
        return note || total(first) && (sourceId.isEmpty() || total(sourceId))
                ? new Finding(
                        "",
                        "not-a-record",
                        "The row is a total or a note, or has a single value: it gives no record.",
                        "该行为合计、备注，或只有一个值，不是一条数据。")
                : null;
    }

    private static boolean total(String text) {
        return text.length() < LONGEST_TOTAL
                && TOTALS.contains(CellText.fold(text).replace(":", ""));
    }
}
