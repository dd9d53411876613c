package org.voyage.kit.sheet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Columns of one table, from its row of headings.
 *
 * @param names the field of each column; null for one without a heading, and for an ignored one
 * @param headings as they were sent
 * @param ignored places of the columns that are not read: the sender's own, such as 备注, and those that a bureau has
 *     mapped to nothing
 * @param readings how each column with a heading was read
 * @param problems why the table cannot be read, all at once; empty if it can
 */
public record TableColumns(
        List<@Nullable String> names,
        List<String> headings,
        List<Integer> ignored,
        List<FileColumn> readings,
        List<Finding> problems) {
    private static final String SOURCE_ID = "sourceId";
    private static final String WITHDRAW = "withdraw";
    private static final int MAX_PROBLEMS = 50;
    /** Headings of senders' own columns that no record has, as {@link CellTextParser#fold} makes them. */
    private static final Set<String> IGNORED_COLUMNS = Set.of(
            "序号",
            "序",
            "行号",
            "备注",
            "备注说明",
            "说明",
            "填报人",
            "制表人",
            "填表人",
            "经办人",
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
     * Reads the headings of a record's table. If the record has personal fields, nothing repeats an unknown heading that
     * may be shifted personal data.
     *
     * @param cells as {@link HeadingRows} found them
     * @param where location of each cell, by its place from 0
     */
    public static TableColumns of(List<String> cells, RecordForm form, IntFunction<CellLocation> where) {
        return new ColumnsReader(cells, form, where).read();
    }

    public boolean isReadable() {
        return problems.isEmpty();
    }

    /** @throws Refusal if the table cannot be read; unknown, missing and repeated columns are all named, once for the file */
    public void requireReadable() {
        if (!isReadable()) {
            throw new Refusal.Invalid(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
        }
    }

    /** Reader of the headings of one table. */
    private static final class ColumnsReader {
        private final List<String> cells;
        private final RecordForm form;
        private final IntFunction<CellLocation> where;
        private final List<HeadingIndex.@Nullable HeadingMeaning> meanings;
        private final Map<String, Integer> placeOfField = new HashMap<>();
        private final List<Finding> problems = new ArrayList<>();

        ColumnsReader(List<String> cells, RecordForm form, IntFunction<CellLocation> where) {
            this.cells = cells;
            this.form = form;
            this.where = where;
            this.meanings = new ArrayList<>();
            for (var cell : cells) {
                meanings.add(
                        CellTextParser.strip(cell).isEmpty()
                                ? null
                                : form.headings().findMeaning(cell));
            }
        }

        TableColumns read() {
            placeCertainFields();
            dropSecondNames();
            var names = new ArrayList<@Nullable String>();
            var ignored = new ArrayList<Integer>();
            var readings = new ArrayList<FileColumn>();
            var unknown = new ArrayList<Integer>();
            for (int i = 0; i < cells.size(); i++) {
                var meaning = meanings.get(i);
                var field = meaning == null ? null : meaning.field();
                names.add(field);
                if (meaning == null && isUnknown(i)) {
                    unknown.add(i);
                } else if (field == null && !CellTextParser.strip(cells.get(i)).isEmpty()) {
                    ignored.add(i);
                }
            }
            var hints = nearestFields(unknown);
            for (int i = 0; i < cells.size(); i++) {
                if (!CellTextParser.strip(cells.get(i)).isEmpty()) {
                    readings.add(toReading(i, hints.get(i)));
                }
            }
            nameProblems(unknown, hints);
            return new TableColumns(
                    names, List.copyOf(cells), List.copyOf(ignored), List.copyOf(readings), List.copyOf(problems));
        }

        /** Places the fields that columns name by their own or mapped headings. */
        private void placeCertainFields() {
            for (int i = 0; i < cells.size(); i++) {
                var meaning = meanings.get(i);
                if (meaning != null
                        && meaning.field() != null
                        && meaning.source() != HeadingIndex.HeadingSource.OTHER_NAME) {
                    var first = placeOfField.putIfAbsent(meaning.field(), i);
                    if (first != null) {
                        problems.add(repeatedColumn(meaning.field(), first, i));
                    }
                }
            }
        }

        /** Leaves another name its meaning only if no other column has the field, by a heading that says it better. */
        private void dropSecondNames() {
            var best = new HashMap<String, Integer>();
            for (int i = 0; i < cells.size(); i++) {
                var meaning = meanings.get(i);
                if (meaning != null && meaning.source() == HeadingIndex.HeadingSource.OTHER_NAME) {
                    best.merge(
                            String.valueOf(meaning.field()),
                            i,
                            (one, other) -> rankOf(one) <= rankOf(other) ? one : other);
                }
            }
            for (int i = 0; i < cells.size(); i++) {
                var meaning = meanings.get(i);
                if (meaning != null && meaning.source() == HeadingIndex.HeadingSource.OTHER_NAME) {
                    var field = String.valueOf(meaning.field());
                    if (placeOfField.containsKey(field) || !Objects.equals(best.get(field), i)) {
                        meanings.set(i, null);
                    }
                }
            }
            best.forEach(placeOfField::putIfAbsent);
        }

        private int rankOf(int column) {
            return Objects.requireNonNull(meanings.get(column)).rank();
        }

        private boolean isUnknown(int column) {
            var folded = CellTextParser.fold(cells.get(column));
            return !folded.isEmpty()
                    && !IGNORED_COLUMNS.contains(folded)
                    && !NonRecordRow.isNoteNextToHeadings(cells.get(column));
        }

        /** Returns the fields that unknown columns may mean. A field that two of them may mean is meant by none. */
        private Map<Integer, HeadingIndex.NearestField> nearestFields(List<Integer> unknown) {
            var nearest = new HashMap<Integer, HeadingIndex.NearestField>();
            var times = new HashMap<String, Integer>();
            for (int column : unknown) {
                var found = form.headings().findNearest(cells.get(column), placeOfField.keySet());
                if (found != null) {
                    nearest.put(column, found);
                    times.merge(found.field().name(), 1, Integer::sum);
                }
            }
            nearest.values().removeIf(found -> times.getOrDefault(found.field().name(), 0) > 1);
            return nearest;
        }

        private @Nullable String shownHeading(int column) {
            var heading = CellTextParser.strip(cells.get(column));
            if (NonRecordRow.isNoteNextToHeadings(heading)) {
                return TextFormat.shortenText(NonRecordRow.withoutContent(heading));
            }
            return form.mayShowHeading(heading) ? TextFormat.shortenText(heading) : null;
        }

        private FileColumn toReading(int column, HeadingIndex.@Nullable NearestField hint) {
            var meaning = meanings.get(column);
            var field = meaning == null ? null : meaning.field();
            var reading = field == null && !(meaning == null && isUnknown(column))
                    ? "ignored"
                    : meaning == null
                            ? "unknown"
                            : switch (meaning.source()) {
                                case OWN -> "own";
                                case MAPPED -> "mapped";
                                case OTHER_NAME -> "other-name";
                            };
            var heading = meaning == null ? shownHeading(column) : CellTextParser.strip(cells.get(column));
            return new FileColumn(
                    column + 1,
                    heading,
                    field,
                    reading,
                    hint == null ? null : hint.field().name());
        }

        private void nameProblems(List<Integer> unknown, Map<Integer, HeadingIndex.NearestField> hints) {
            var other = unknown.isEmpty() ? null : form.findOtherRecord(cells);
            var seen = new HashSet<String>();
            var hidden = new ArrayList<CellLocation>();
            for (int column : unknown) {
                var heading = shownHeading(column);
                if (heading == null || heading.equals(RepeatedInputValues.REDACTED)) {
                    hidden.add(where.apply(column));
                } else if (seen.add(heading)) {
                    problems.add(unknownHeading(heading, where.apply(column), hints.get(column)));
                }
            }
            if (!hidden.isEmpty()) {
                problems.add(hiddenHeadings(hidden));
            }
            if (other != null) {
                problems.addFirst(headingsOfOtherRecord(other, cells, form));
                return;
            }
            if (!placeOfField.containsKey(SOURCE_ID)) {
                problems.add(missingColumn(Objects.requireNonNull(form.findColumn(SOURCE_ID))));
            }
            if (!placeOfField.containsKey(WITHDRAW)) {
                form.fields().stream()
                        .filter(field -> field.required() && !placeOfField.containsKey(field.name()))
                        .forEach(field -> problems.add(missingColumn(field)));
            }
        }

        private Finding repeatedColumn(String name, int one, int other) {
            var field = Objects.requireNonNull(form.findColumn(name));
            var first = where.apply(one);
            var second = where.apply(other);
            return Finding.field(
                    name,
                    "column-twice",
                    "Two columns are " + field.en() + ": " + first.en() + " and " + second.en() + ".",
                    "有两列对应“" + field.zh() + "”：" + first.zh() + "、" + second.zh() + "。");
        }
    }

    private static Finding missingColumn(FormField field) {
        return Finding.field(
                field.name(),
                "column-missing",
                "The table has no column " + field.en() + " (" + field.zh() + "), which every record needs.",
                "表中缺少必填列“" + field.zh() + "”：请补充该列，或指明表中的哪一列与它对应。");
    }

    /** Returns the warnings about columns that are not read, and about headings that were read by another name. */
    public List<Finding> warnings(RecordForm form) {
        var warnings = new ArrayList<Finding>();
        for (var column : readings) {
            if (column.reading().equals("ignored")) {
                var heading = String.valueOf(column.heading());
                warnings.add(new Finding(
                        "",
                        "column-ignored",
                        "\"" + heading + "\" is a column of your own: it was ignored.",
                        "“" + heading + "”列不是平台的数据项，已忽略。"));
            }
        }
        var renamed = readings.stream()
                .filter(column -> Set.of("other-name", "mapped").contains(column.reading()))
                .toList();
        if (!renamed.isEmpty()) {
            warnings.add(new Finding(
                    "",
                    "column-by-other-name",
                    renamed.stream()
                            .map(column -> "\"" + column.heading() + "\" was read as "
                                    + columnOf(column, form).en())
                            .collect(Collectors.joining(", ", "", ".")),
                    renamed.stream()
                            .map(column -> "“" + column.heading() + "”列已按“"
                                    + columnOf(column, form).zh() + "”读取")
                            .collect(Collectors.joining("，", "", "。"))));
        }
        return warnings;
    }

    private static FormField columnOf(FileColumn column, RecordForm form) {
        return Objects.requireNonNull(form.findColumn(String.valueOf(column.field())));
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
                        + (keyless ? ", with a column sourceId (Record id) added." : "."),
                "这是" + other.zh() + "（" + other.record() + "）的表头：其中 " + theirs + " 列属于" + other.zh() + "，" + own
                        + " 列属于" + form.zh() + "（" + form.record() + "）。请"
                        + (keyless ? "补充“记录编号”（sourceId）列，并" : "") + "将文件报送至" + other.zh() + "的地址。");
    }

    private static Finding unknownHeading(
            String heading, CellLocation where, HeadingIndex.@Nullable NearestField hint) {
        return Finding.field(
                heading,
                "column-unknown",
                "\"" + heading + "\" (" + where.en() + ") is no column of this record."
                        + (hint == null
                                ? " Map it to the field that it means, or to none if it is your own."
                                : DidYouMean.hint(hint.word())),
                "“" + heading + "”（" + where.zh() + "）未对应任何数据项。"
                        + (hint == null ? "请指明它对应哪一列；本单位自用的列可设为不读取。" : DidYouMean.hintZh(hint.word())));
    }

    private static Finding hiddenHeadings(List<CellLocation> where) {
        return new Finding(
                "",
                "column-unknown",
                "The headings of " + where.stream().map(CellLocation::en).collect(Collectors.joining(", "))
                        + " are unknown and may name a person, so they are not repeated. Rename them.",
                where.stream().map(CellLocation::zh).collect(Collectors.joining("、")) + "的表头无法识别，可能含个人信息，不予显示。请改写表头。");
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
