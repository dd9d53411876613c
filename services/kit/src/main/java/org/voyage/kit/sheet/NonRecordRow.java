package org.voyage.kit.sheet;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern NUMBER = Pattern.compile("[0-9,.]+");

    /** Beginning of a note or a signature below the rows, folded: 注：, 制表：张三, 填表人：张三, 单位（盖章）. */
    private static final Pattern NOTE_START = Pattern.compile(
            "(?:注|备注|说明|填表说明|数据来源|填表人|制表人|填报人|填表日期|制表日期|填报日期|填报时间|填报单位|审核人|复核人|负责人|单位负责人|联系人"
                    + "|制表|填表|填报|审核|复核|审批|经办人|分管领导|单位|制表单位|填表单位|报送单位|统计单位|统计时间|制表时间|填表时间|截止日期|截止时间|联系电话|联系方式|签字|签名|盖章|单位\\(盖章\\)|\\(盖章\\)|(?:note|remarks?|source|preparedby|signature))(?:[0-9]?[:(].*|)");

    /** A signature without a colon: 填表人 张三. */
    private static final Pattern SIGNATURE = Pattern.compile("(?:填表|制表|填报|审核|复核|负责|联系|经办)人\\s");

    private static final Pattern NOTE_WITH_CONTENT = Pattern.compile("(?s)[^:：]{1,10}[:：].*\\S.*");

    private NonRecordRow() {}

    /**
     * Returns whether the row is certainly no record: a row of totals, a note, or a signature. Such a row is passed over.
     *
     * @param cells of a row that is not empty
     * @param key the place of the record's key among them
     */
    public static boolean isPassedOver(List<String> cells, int key) {
        var first = firstText(cells);
        var sourceId = key < cells.size() ? CellTextParser.strip(cells.get(key)) : "";
        boolean keyless = sourceId.isEmpty() || sourceId.equals(first);
        return keyless && (isTotal(first) || isNote(first))
                || isTotal(first) && (isTotal(sourceId) || hasNumbersOnly(cells, first));
    }

    /** Returns whether all texts but the first are numbers, such as a count of records. */
    private static boolean hasNumbersOnly(List<String> cells, String first) {
        return cells.stream()
                .map(CellTextParser::strip)
                .allMatch(text -> text.isEmpty()
                        || text.equals(first)
                        || NUMBER.matcher(text).matches());
    }

    private static boolean isNote(String text) {
        return NOTE_START.matcher(CellTextParser.fold(text)).matches()
                || SIGNATURE.matcher(text).lookingAt();
    }

    /** Returns whether a cell next to headings is a note such as 填报单位：某某厅, and no heading. */
    static boolean isNoteNextToHeadings(String cell) {
        return NOTE_WITH_CONTENT.matcher(CellTextParser.strip(cell)).matches() && isNote(cell);
    }

    /** Returns a note without its content, which may name a person. */
    static String withoutContent(String note) {
        return CellTextParser.strip(note).replaceFirst("(?s)[:：].*", "：…");
    }

    private static String firstText(List<String> cells) {
        return cells.stream()
                .map(CellTextParser::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns the warning about rows that were passed over. */
    public static Finding passedOver(List<Long> firstLines) {
        var lines = firstLines.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Finding(
                "",
                "row-ignored",
                "Totals, notes or signatures are no records: they were passed over (line " + lines + ").",
                "合计、备注、签字等行不是数据，已跳过（第 " + lines.replace(", ", "、") + " 行）。");
    }

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
