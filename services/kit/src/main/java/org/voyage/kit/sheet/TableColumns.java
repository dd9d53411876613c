package org.voyage.kit.sheet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.privacy.QuotedValues;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Columns of one table, from its row of headings.
 *
 * @param names the field of each column; null for one without a heading, and for an ignored one
 * @param headings as they were sent
 * @param ignored places of the sender's own columns, such as 备注, which are not read
 */
public record TableColumns(List<@Nullable String> names, List<String> headings, List<Integer> ignored) {
    private static final String SOURCE_ID = "sourceId";
    private static final String WITHDRAW = "withdraw";
    /** Headings of senders' own columns that no record has, as {@link CellTextParser#fold} makes them. */
    private static final Set<String> IGNORED_COLUMNS = Set.of(
            "序号",
            "序",
            "行号",
            "备注",
            "备注说明",
            "说明",
            "填报人",
            "填报单位",
            "填报日期",
            "填报时间",
            "审核人",
            "负责人",
            "联系人",
            "联系方式",
            "联系电话",
            "电话",
            "no.",
            "no",
            "#",
            "s/n",
            "serialno.",
            "serialnumber",
            "remark",
            "remarks",
            "note",
            "notes",
            "comment",
            "comments");

    /** Reads the headings of a record's table. Findings name cells by their column only. */
    public static TableColumns of(List<String> cells, RecordForm form) {
        return of(cells, form, CellLocation::column);
    }

    /**
     * Reads the headings of a record's table. If the record has personal fields, a finding names only the place of an
     * unknown heading, because the heading may be shifted personal data.
     *
     * @param cells as {@link HeadingRows} found them: the record's key is among them
     * @param where location of each cell, by its place from 0
     * @throws Refusal if they cannot be used: unknown ones are all named, once for the file
     */
    public static TableColumns of(List<String> cells, RecordForm form, IntFunction<CellLocation> where) {
        boolean discreet = !form.personal().isEmpty();
        var headings = form.headings();
        var names = new ArrayList<@Nullable String>();
        var seen = new HashMap<String, Integer>();
        var unknown = new ArrayList<Finding>();
        var ignored = new ArrayList<Integer>();
        for (int i = 0; i < cells.size(); i++) {
            var stripped = CellTextParser.strip(cells.get(i));
            var name = stripped.isEmpty() ? null : headings.findField(cells.get(i));
            names.add(name);
            if (name == null && IGNORED_COLUMNS.contains(CellTextParser.fold(stripped))) {
                ignored.add(i);
                continue;
            }
            var first = stripped.isEmpty() ? null : seen.putIfAbsent(name == null ? stripped : name, i);
            if (first != null) {
                var twice = name == null && discreet ? QuotedValues.REDACTED : TextFormat.shortenText(stripped);
                throw duplicateColumn(twice, where.apply(first), where.apply(i));
            }
            if (name == null && !stripped.isEmpty()) {
                unknown.add(unknownHeading(
                        discreet ? null : TextFormat.shortenText(stripped),
                        where.apply(i),
                        HeadingHint.of(stripped, headings, seen.keySet())));
            }
        }
        if (!seen.containsKey(SOURCE_ID)) {
            throw new IllegalArgumentException("not a row of headings");
        }
        var other = unknown.isEmpty() ? null : form.findOtherRecord(cells);
        if (other != null) {
            unknown.addFirst(headingsOfOtherRecord(other, cells, form));
        } else if (!seen.containsKey(WITHDRAW)) {
            form.fields().stream()
                    .filter(field -> field.required() && !seen.containsKey(field.name()))
                    .forEach(field -> unknown.add(missingColumn(field)));
        }
        if (!unknown.isEmpty()) {
            throw new Refusal.Invalid(unknown.subList(0, Math.min(unknown.size(), 50)));
        }
        return new TableColumns(names, List.copyOf(cells), List.copyOf(ignored));
    }

    private static Finding missingColumn(FormField field) {
        return Finding.field(
                field.name(),
                "column-missing",
                "The table has no column " + field.en() + " (" + field.zh() + "), which every record needs.",
                "表中缺少必填列“" + field.zh() + "”，请按模板补充该列。");
    }

    /** Returns the warnings about ignored columns. */
    public List<Finding> ignoredColumns() {
        return ignored.stream()
                .map(column -> TextFormat.shortenText(CellTextParser.strip(headings.get(column))))
                .map(heading -> new Finding(
                        "",
                        "column-ignored",
                        "\"" + heading + "\" is a column of your own: it was ignored.",
                        "“" + heading + "”列不是平台的数据项，已忽略。"))
                .toList();
    }

    private static Refusal duplicateColumn(String heading, CellLocation one, CellLocation other) {
        return new Refusal.Malformed(
                "Two columns have the heading \"" + heading + "\": " + one.en() + " and " + other.en() + ".",
                "有两列的表头相同：“" + heading + "”（" + one.zh() + "、" + other.zh() + "）。");
    }

    static Finding headingsOfOtherRecord(RecordForm other, List<String> cells, RecordForm form) {
        int theirs = HeadingRows.countNamedColumns(cells, other.headings());
        int own = HeadingRows.countNamedColumns(cells, form.headings());
        boolean keyless = cells.stream()
                .noneMatch(cell -> SOURCE_ID.equals(form.headings().findField(cell)));
        return new Finding(
                "",
                "other-record",
                "These are the headings of " + other.record() + ": it has " + theirs + " of them, " + form.record()
                        + " " + own + ". Send the file to the address of " + other.record()
                        + (keyless ? ", with a column sourceId (记录编号, Record id) added." : "."),
                "这是" + other.zh() + "（" + other.record() + "）的表头：其中 " + theirs + " 列属于" + other.zh() + "，" + own
                        + " 列属于" + form.zh() + "（" + form.record() + "）。请"
                        + (keyless ? "补充“记录编号”（sourceId）列，并" : "") + "将文件报送至" + other.zh() + "的地址。");
    }

    /** Hint about an unknown heading. */
    private record HeadingHint(String en, String zh) {
        /** @param named fields and headings that the table has already */
        static HeadingHint of(String heading, HeadingIndex headings, Set<String> named) {
            var nearest = headings.findNearest(heading, named);
            return nearest == null
                    ? new HeadingHint(
                            " Delete a column of your own; a title or a note stands in a row above the headings, not beside"
                                    + " them.",
                            "自行添加的列请删除；标题、备注等请写在表头上方的行中，不要写在表头旁边。")
                    : new HeadingHint(DidYouMean.hint(nearest), DidYouMean.hintZh(nearest));
        }
    }

    /** @param heading null if it is not to be repeated */
    private static Finding unknownHeading(@Nullable String heading, CellLocation where, HeadingHint hint) {
        return heading == null
                ? new Finding(
                        "",
                        "column-unknown",
                        "Nobody knows the heading in " + where.en() + "." + hint.en(),
                        where.zh() + "的表头未知。" + hint.zh())
                : Finding.field(
                        heading,
                        "column-unknown",
                        "There is no column \"" + heading + "\" (" + where.en() + ")." + hint.en(),
                        "没有名为“" + heading + "”的列（" + where.zh() + "）。" + hint.zh());
    }

    public int size() {
        return names.size();
    }

    /** Returns the place of a column; -1 if the table does not have it. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }

    /** Returns whether one of the fields has a column. */
    public boolean hasAnyOf(Set<String> fields) {
        return fields.stream().anyMatch(names::contains);
    }

    /** Returns a row as an object by field names. Cells may be missing at the end; further ones must be empty. */
    public ObjectNode toObject(List<String> cells) {
        var row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (name != null) {
                row.put(name, i < cells.size() ? cells.get(i) : "");
            }
        }
        return row;
    }

    /** Returns the finding about cells without a heading; null if they are empty. */
    public @Nullable Finding checkUnnamedCells(List<String> cells) {
        return checkUnnamedCells(cells, CellLocation::cellOfRow);
    }

    /** @param where location of each cell, by its place from 0 */
    public @Nullable Finding checkUnnamedCells(List<String> cells, IntFunction<CellLocation> where) {
        for (int i = 0; i < cells.size(); i++) {
            if ((i >= names.size() || names.get(i) == null)
                    && !ignored.contains(i)
                    && !CellTextParser.strip(Objects.requireNonNull(cells.get(i)))
                            .isEmpty()) {
                var spot = where.apply(i);
                return new Finding(
                        "",
                        "column-nameless",
                        "There is something in " + spot.en() + ", which stands under no heading.",
                        spot.zh() + "有内容，但所在列没有表头。");
            }
        }
        return null;
    }
}
