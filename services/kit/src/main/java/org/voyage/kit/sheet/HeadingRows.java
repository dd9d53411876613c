package org.voyage.kit.sheet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Heading rows of a table: the row among the first {@value #MAX_TITLE_ROWS} that names the most columns of the record,
 * its key among them if a row has it. A row below the data is no heading; the data begin behind the first row of headings beyond doubt.
 * If groups of columns are above their names, two rows are the headings together. A row below that repeats the same
 * columns, in another language, is no data either.
 *
 * @param firstRow place of their first row among the examined rows, from 0
 * @param twoRows whether the row below is needed to name the columns
 * @param lastRow place of the last row above the data
 * @param cells the headings, one a column; of two rows the lower one's where it names a column
 * @param knownColumns number of columns they name
 */
public record HeadingRows(int firstRow, boolean twoRows, int lastRow, List<String> cells, int knownColumns) {
    /** Maximum number of rows above the headings: a title, a date, an author. */
    public static final int MAX_TITLE_ROWS = 10;

    /** Maximum number of examined rows: a repetition in another language may follow the last possible headings. */
    public static final int MAX_SEARCHED_ROWS = MAX_TITLE_ROWS + 3;

    private static final String SOURCE_ID = "sourceId";
    private static final int MAX_LISTED_COLUMNS = 12;
    /** Minimum number of named columns of headings without the key. */
    private static final int MIN_KEYLESS_COLUMNS = 3;

    /** More named columns first, then fewer other cells; then one row before two, and the upper before the lower. */
    private static final Comparator<HeadingRows> BEST_MATCH_FIRST = Comparator.comparingInt(HeadingRows::knownColumns)
            .thenComparing(one -> countFilled(one.cells), Comparator.reverseOrder())
            .thenComparing(HeadingRows::twoRows, Comparator.reverseOrder())
            .thenComparing(HeadingRows::firstRow, Comparator.reverseOrder());

    /**
     * A row of a table that may be its headings.
     *
     * @param number in the file, from 1
     */
    public record HeadingRow(long number, List<String> cells) {}

    /**
     * Finds the headings; null if no row has the key of the record and none is headings beyond doubt.
     *
     * @param rows the first of the table, without empty ones
     */
    public static @Nullable HeadingRows findHeadings(List<HeadingRow> rows, HeadingIndex headings) {
        var found = new ArrayList<HeadingRows>();
        for (int i = 0; i < rows.size() && i < MAX_TITLE_ROWS; i++) {
            var cells = rows.get(i).cells();
            found.add(new HeadingRows(i, false, i, cells, countNamedColumns(cells, headings)));
            if (i + 1 < rows.size() && mostlyNamesColumns(rows.get(i + 1).cells(), headings)) {
                var both = joinRows(cells, rows.get(i + 1).cells(), headings);
                found.add(new HeadingRows(i, true, i + 1, both, countNamedColumns(both, headings)));
            }
        }
        boolean keyless = found.stream().noneMatch(one -> one.hasKey(headings));
        found.removeIf(
                one -> keyless ? !one.isCertain() || one.knownColumns < MIN_KEYLESS_COLUMNS : !one.hasKey(headings));
        int end = found.stream()
                .filter(HeadingRows::isCertain)
                .mapToInt(HeadingRows::lastRow)
                .min()
                .orElse(MAX_TITLE_ROWS);
        return found.stream()
                .filter(one -> one.firstRow <= end + 1)
                .max(
                        keyless
                                ? Comparator.comparingInt(HeadingRows::knownColumns)
                                        .thenComparing(one -> one.countNamelessCells(rows), Comparator.reverseOrder())
                                        .thenComparing(BEST_MATCH_FIRST)
                                : BEST_MATCH_FIRST)
                .map(best -> best.withRepetitions(rows, headings))
                .orElse(null);
    }

    /** Returns the number of cells in the row below that are under no heading; the key may be one of them. */
    private long countNamelessCells(List<HeadingRow> rows) {
        if (lastRow + 1 >= rows.size()) {
            return 0;
        }
        var below = rows.get(lastRow + 1).cells();
        return IntStream.range(0, below.size())
                .filter(c -> !CellTextParser.strip(below.get(c)).isEmpty()
                        && (c >= cells.size()
                                || CellTextParser.strip(cells.get(c)).isEmpty()))
                .count();
    }

    private boolean hasKey(HeadingIndex headings) {
        return namedFields(cells, headings).contains(SOURCE_ID);
    }

    /** Returns the number of different columns that the cells name. */
    public static int countNamedColumns(List<String> cells, HeadingIndex headings) {
        return namedFields(cells, headings).size();
    }

    /** Returns whether they are headings beyond doubt: most of the cells name different columns. */
    public boolean isCertain() {
        return knownColumns * 2L > countFilled(cells);
    }

    private HeadingRows withRepetitions(List<HeadingRow> all, HeadingIndex headings) {
        int end = lastRow;
        while (end + 1 < all.size() && repeatsHeadings(all.get(end + 1).cells(), headings)) {
            end++;
        }
        return new HeadingRows(firstRow, twoRows, end, cells, knownColumns);
    }

    /** Returns whether a row names only columns that are named already, each at its place. */
    private boolean repeatsHeadings(List<String> row, HeadingIndex headings) {
        for (int c = 0; c < row.size(); c++) {
            var name = headings.findField(row.get(c));
            if (name != null && (c >= cells.size() || !name.equals(headings.findField(cells.get(c))))) {
                return false;
            }
        }
        return mostlyNamesColumns(row, headings);
    }

    private static boolean mostlyNamesColumns(List<String> row, HeadingIndex headings) {
        return namedFields(row, headings).size() * 2L > countFilled(row);
    }

    private static Set<String> namedFields(List<String> row, HeadingIndex headings) {
        var names = new HashSet<String>();
        for (var cell : row) {
            var name = headings.findField(cell);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static long countFilled(List<String> row) {
        return row.stream()
                .filter(cell -> !CellTextParser.strip(cell).isEmpty())
                .count();
    }

    private static List<String> joinRows(List<String> upper, List<String> lower, HeadingIndex headings) {
        var both = new ArrayList<String>();
        for (int c = 0; c < Math.max(upper.size(), lower.size()); c++) {
            var above = c < upper.size() ? upper.get(c) : "";
            var below = c < lower.size() ? lower.get(c) : "";
            boolean lowers = headings.findField(below) != null
                    || headings.findField(above) == null
                            && !CellTextParser.strip(below).isEmpty();
            both.add(lowers ? below : above);
        }
        return both;
    }

    /**
     * Returns the refusal of a table without headings.
     *
     * @param rows the examined rows, of all sheets
     */
    public static Refusal missingHeadings(List<HeadingRow> rows, RecordForm form) {
        var another = headingsOfOtherRecord(rows, form);
        if (another != null) {
            return new Refusal.Invalid(List.of(another));
        }
        var required = form.fields().stream()
                .filter(FormField::required)
                .limit(MAX_LISTED_COLUMNS)
                .toList();
        var nearest = rows.stream()
                .filter(row -> !namedFields(row.cells(), form.headings()).isEmpty())
                .max(Comparator.comparingInt((HeadingRow row) ->
                                namedFields(row.cells(), form.headings()).size())
                        .thenComparing(HeadingRow::number, Comparator.reverseOrder()));
        return new Refusal.Malformed(new Finding(
                "",
                "headings-missing",
                "None of the first " + MAX_TITLE_ROWS
                        + " rows is a row of headings: it would have a column sourceId (记录编号,"
                        + " Record id) as well as "
                        + required.stream().map(FormField::name).collect(Collectors.joining(", "))
                        + "; in CSV separated by commas, semicolons or tabs."
                        + nearest.map(row -> " Row " + row.number() + " comes nearest: it has "
                                        + listColumns(row, form, FormField::name, ", ") + ", and no sourceId.")
                                .orElse(""),
                "前 " + MAX_TITLE_ROWS + " 行中未找到表头：表头行须含“记录编号”（sourceId）列，此外应有"
                        + required.stream().map(field -> "“" + field.zh() + "”").collect(Collectors.joining("、"))
                        + "；CSV 各列以逗号、分号或制表符分隔。"
                        + nearest.map(row -> "第 " + row.number() + " 行最接近：已识别"
                                        + listColumns(row, form, field -> "“" + field.zh() + "”", "、") + "，缺少“记录编号”。")
                                .orElse("")));
    }

    /**
     * Returns the finding that the file belongs to another record. It comes first, so that the sender does not add this
     * record's headings to that file.
     */
    private static @Nullable Finding headingsOfOtherRecord(List<HeadingRow> rows, RecordForm form) {
        @Nullable Finding found = null;
        int most = 0;
        for (var row : rows) {
            var other = form.findOtherRecord(row.cells());
            int theirs = other == null ? 0 : countNamedColumns(row.cells(), other.headings());
            if (other != null && theirs > most) {
                most = theirs;
                found = TableColumns.headingsOfOtherRecord(other, row.cells(), form);
            }
        }
        return found;
    }

    private static String listColumns(
            HeadingRow row, RecordForm form, Function<FormField, String> shown, String between) {
        var names = namedFields(row.cells(), form.headings());
        var fields = new ArrayList<>(HeadingIndex.PLATFORM_COLUMNS);
        fields.addAll(form.fields());
        return fields.stream()
                .filter(field -> names.contains(field.name()))
                .map(shown)
                .collect(Collectors.joining(between));
    }
}
