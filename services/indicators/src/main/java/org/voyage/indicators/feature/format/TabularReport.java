package org.voyage.indicators.feature.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.reference.CodeLabel;

/**
 * Report of lines that are no values of figures, such as changes, as a file for people.
 *
 * @param name name of the file, without extension
 * @param time of the data; the file holds it instead of the time of its creation
 * @param sheets the first one has the lines of the report, and is the only one in CSV
 */
public record TabularReport(String name, Instant time, List<TabularSheet> sheets) {

    /**
     * Sheet of lines.
     *
     * @param rows a cell for each column: text, {@link BigDecimal}, integer, {@link Boolean} or {@link Instant}; null
     *     for an empty cell
     */
    public record TabularSheet(CodeLabel title, List<TabularColumn> columns, List<List<@Nullable Object>> rows) {}

    /** @param name as in the JSON answer, for programs; people read the label */
    public record TabularColumn(String name, CodeLabel label) {

        public static TabularColumn of(String name, String zh, String en) {
            return new TabularColumn(name, new CodeLabel(zh, en));
        }

        /** Returns the columns of a code and of its names. */
        public static List<TabularColumn> ofCode(String name, String zh, String en) {
            return List.of(
                    of(name, zh + "代码", en + ", code"),
                    of(name + "Zh", zh, en + ", Chinese"),
                    of(name + "En", zh + "（英文）", en + ", English"));
        }
    }

    /** Returns the cells of a row. */
    public static List<@Nullable Object> rowOf(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }
}
