package org.voyage.kit.sheet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Nearest;
import org.voyage.kit.web.Quoted;
import org.voyage.kit.web.Refusal;
import org.voyage.kit.web.Shape;

/**
 * The columns of one table, from its row of headings.
 *
 * @param names the field of each column; null for one without a heading
 * @param headings as they were sent
 */
public record Columns(List<@Nullable String> names, List<String> headings) {
    private static final String SOURCE_ID = "sourceId";

    /**
     * Reads the headings of a record's table. Where the record has personal fields an unknown heading is told by its place
     * and not repeated: it may be a person's data that slipped there.
     *
     * @param cells as {@link HeadingRows} found them: the record's key is among them
     * @throws Refusal if they cannot be used: unknown ones are all named, once for the file
     */
    public static Columns of(List<String> cells, RecordForm form) {
        return of(cells, form.headings(), !form.personal().isEmpty());
    }

    static Columns of(List<String> cells, Headings headings, boolean discreet) {
        var names = new ArrayList<@Nullable String>();
        var seen = new HashSet<String>();
        var unknown = new ArrayList<Finding>();
        for (var cell : cells) {
            var stripped = CellText.strip(cell);
            var name = stripped.isEmpty() ? null : headings.name(cell);
            names.add(name);
            if (!stripped.isEmpty() && !seen.add(name == null ? stripped : name)) {
                var twice = name == null && discreet ? Quoted.HIDDEN : Shape.shorten(stripped);
                throw new Refusal.Malformed(
                        "Two columns have the heading \"" + twice + "\".", "有两列的表头相同：“" + twice + "”。");
            }
            if (name == null && !stripped.isEmpty()) {
                var nearest = headings.nearest(cell);
                unknown.add(discreet ? unknown(names.size(), nearest) : unknown(stripped, nearest));
            }
        }
        if (!seen.contains(SOURCE_ID)) {
            throw new IllegalArgumentException("not a row of headings");
        }
        if (!unknown.isEmpty()) {
            throw new Refusal.Invalid(unknown.subList(0, Math.min(unknown.size(), 50)));
        }
        return new Columns(names, List.copyOf(cells));
    }

    private static Finding unknown(String heading, @Nullable String nearest) {
        var shown = Shape.shorten(heading);
        return Finding.field(
                shown,
                "column-unknown",
                "There is no column \"" + shown + "\"." + Nearest.hint(nearest),
                "没有名为“" + shown + "”的列。" + Nearest.hintZh(nearest));
    }

    private static Finding unknown(int place, @Nullable String nearest) {
        return new Finding(
                "",
                "column-unknown",
                "Nobody knows the heading of column " + place + "." + Nearest.hint(nearest),
                "第 " + place + " 列的表头未知。" + Nearest.hintZh(nearest));
    }

    public int size() {
        return names.size();
    }

    /** Place of a column; -1 if the table has it not. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }

    /** A row by the names of its fields. Cells may be missing at the end; further ones must be empty. */
    public ObjectNode row(List<String> cells) {
        var row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (name != null) {
                row.put(name, i < cells.size() ? cells.get(i) : "");
            }
        }
        return row;
    }

    /** What is wrong with the cells that stand under no heading; null if they are empty. */
    public @Nullable Finding nameless(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if ((i >= names.size() || names.get(i) == null)
                    && !CellText.strip(Objects.requireNonNull(cells.get(i))).isEmpty()) {
                return new Finding(
                        "",
                        "column-nameless",
                        "Cell " + (i + 1) + " of the row stands under no heading.",
                        "该行第 " + (i + 1) + " 个单元格所在列没有表头。");
            }
        }
        return null;
    }
}
