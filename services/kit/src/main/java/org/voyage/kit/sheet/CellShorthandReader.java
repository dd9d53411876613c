package org.voyage.kit.sheet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;

/**
 * Reader of the shorthand that people write into the cells of a table: 同上 for the value of the row above, a dash for no
 * value, 至今 for an end that has not come, commas between the items of a list. Shorthand with one meaning is written out
 * with a warning; any other text stays as it is, such as 无 in a number, which may mean 0.
 */
public final class CellShorthandReader {

    /** Words as {@link CellTextParser#fold} makes them. */
    private static final Set<String> SAME_AS_ABOVE = Set.of("同上", "同上行", "同前", "〃", "″", "''", "ditto", "sameasabove");

    private static final Set<String> NO_VALUE =
            Set.of("-", "--", "–", "—", "——", "―", "/", "//", "\\", "无", "暂无", "没有", "不适用", "n/a", "none");

    private static final Set<String> NOT_ENDED = Set.of(
            "至今", "迄今", "现在", "目前", "在读", "在校", "在职", "在任", "未结束", "未离校", "未毕业", "长期", "长期有效", "present", "now",
            "current", "ongoing");

    /** The word for no value that is also the word for no. */
    private static final String NO = "无";

    private static final int MAX_SHORTHAND_LENGTH = 12;
    private static final Pattern EVERY_SEPARATOR = Pattern.compile("[|｜;；\\n、，,]");
    private static final Pattern COMMA = Pattern.compile("[，,]");
    private static final Pattern STRONG_SEPARATOR = Pattern.compile("[|｜;；\\n、]");
    private static final Pattern DIGIT_CODE = Pattern.compile("[0-9]{6}(?:[0-9]{4})?");

    private final TableColumns columns;
    private final RecordForm form;
    private List<String> above = List.of();

    public CellShorthandReader(TableColumns columns, RecordForm form) {
        this.columns = columns;
        this.form = form;
    }

    /**
     * A row with its shorthand written out.
     *
     * @param kept cells as they can be sent again: 同上 is replaced, because the row above may not be there
     * @param read cells as they are read
     * @param repeats whether a cell was replaced by that of the row above
     * @param problems shorthand that has no meaning where it is
     */
    public record WrittenOutRow(
            List<String> kept, List<String> read, boolean repeats, List<Finding> warnings, List<Finding> problems) {}

    /** Reads the next row of the table. */
    public WrittenOutRow readRow(List<String> cells) {
        var kept = new ArrayList<>(cells);
        var warnings = new ArrayList<Finding>();
        var problems = new ArrayList<Finding>();
        boolean repeats = false;
        for (int i = 0; i < cells.size(); i++) {
            if (nameOf(i) != null && isWord(cells.get(i), SAME_AS_ABOVE)) {
                repeats |= repeatAbove(i, kept, warnings, problems);
            }
        }
        above = List.copyOf(kept);
        var read = new ArrayList<>(kept);
        for (int i = 0; i < read.size(); i++) {
            var name = nameOf(i);
            var field = name == null ? null : form.field(name);
            if (field != null) {
                read.set(i, writeOut(field, kept.get(i), warnings));
            }
        }
        return new WrittenOutRow(kept, read, repeats, warnings, problems);
    }

    private @Nullable String nameOf(int column) {
        return column < columns.size() ? columns.names().get(column) : null;
    }

    private boolean repeatAbove(int column, List<String> kept, List<Finding> warnings, List<Finding> problems) {
        var name = String.valueOf(nameOf(column));
        var field = form.field(name);
        var value = column < above.size() ? CellTextParser.strip(above.get(column)) : "";
        var written = CellTextParser.strip(kept.get(column));
        if (field == null || field.personal() || value.isEmpty() || isWord(value, SAME_AS_ABOVE)) {
            problems.add(Finding.field(
                    name,
                    "nothing-above",
                    "\"" + written + "\" has no value above it that it may repeat: write the value itself.",
                    "“" + written + "”上方没有可沿用的值，请直接填写。"));
            return false;
        }
        kept.set(column, value);
        warnings.add(Finding.field(
                name,
                "same-as-above",
                "\"" + written + "\" was read as the value of the row above: \"" + TextFormat.shortenText(value)
                        + "\".",
                "“" + written + "”已按上一行的“" + TextFormat.shortenText(value) + "”读取。"));
        return true;
    }

    private String writeOut(FormField field, String cell, List<Finding> warnings) {
        if (isWord(cell, NO_VALUE) && !mayBeValue(field, cell)) {
            if (!field.required()) {
                warnings.add(emptyValue(field, cell));
            }
            return "";
        }
        if (field.openEnd() && isWord(cell, NOT_ENDED)) {
            warnings.add(Finding.field(
                    field.name(),
                    "end-not-come",
                    "\"" + CellTextParser.strip(cell) + "\" was read as no day: the end has not come.",
                    "“" + CellTextParser.strip(cell) + "”已按尚未结束读取，日期留空。"));
            return "";
        }
        var list = writeOutList(field, cell);
        if (list != null) {
            var shown = TextFormat.shortenText(CellTextParser.strip(cell));
            var count = list.size();
            warnings.add(Finding.field(
                    field.name(),
                    "list-by-comma",
                    "\"" + shown + "\" was read as " + count + " items.",
                    "“" + shown + "”已按 " + count + " 项读取。"));
            return String.join("|", list);
        }
        return cell;
    }

    /** Returns whether a word for no value may be a value of the field: no, or 0. */
    private static boolean mayBeValue(FormField field, String cell) {
        return switch (field.type()) {
            case FLAG -> CellTextParser.fold(cell).equals(NO);
            case INTEGER -> CellTextParser.isNoneWord(cell);
            case TEXT, CODE, DATE, TEXTS, OBJECTS -> false;
        };
    }

    private static Finding emptyValue(FormField field, String cell) {
        var written = CellTextParser.strip(cell);
        return Finding.field(
                field.name(), "no-value", "\"" + written + "\" was read as no value.", "“" + written + "”已按空值读取。");
    }

    /** Returns the items of a list with commas between them; null if there are none, or a comma may be part of an item. */
    private @Nullable List<String> writeOutList(FormField field, String cell) {
        if (!COMMA.matcher(cell).find()) {
            return null;
        }
        var items = switch (field.type()) {
            case TEXTS ->
                form.isCoded(field)
                        ? codedItems(field, cell)
                        : STRONG_SEPARATOR.matcher(cell).find() ? null : texts(cell);
            case OBJECTS -> STRONG_SEPARATOR.matcher(cell).find() ? null : objects(cell);
            case TEXT, CODE, DATE, INTEGER, FLAG -> null;
        };
        return items == null || items.size() < 2 ? null : items;
    }

    private @Nullable List<String> codedItems(FormField field, String cell) {
        var items = split(cell, EVERY_SEPARATOR);
        boolean known = items.stream()
                .allMatch(item -> DIGIT_CODE.matcher(CellTextParser.fold(item)).matches()
                        || form.findCode(field.name(), item) != null
                        || form.findByOtherName(field.name(), item) != null);
        return known ? items : null;
    }

    /** A Chinese comma is no part of a name; an English one may be: Example Co., Ltd. */
    private static @Nullable List<String> texts(String cell) {
        return cell.indexOf(',') >= 0 ? null : split(cell, COMMA);
    }

    /** Every item has its last part behind a colon or in brackets; a comma is then no separator of parts. */
    private static @Nullable List<String> objects(String cell) {
        var items = split(cell, COMMA);
        return items.stream().allMatch(item -> item.matches("(?s).+[:：].+|.+[(（].+[)）]")) ? items : null;
    }

    private static List<String> split(String cell, Pattern separator) {
        return Arrays.stream(separator.split(cell))
                .map(CellTextParser::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static boolean isWord(String cell, Set<String> words) {
        return cell.length() <= MAX_SHORTHAND_LENGTH && words.contains(CellTextParser.fold(cell));
    }
}
