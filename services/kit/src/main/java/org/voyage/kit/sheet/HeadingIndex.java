package org.voyage.kit.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.DidYouMean;

/**
 * Index of the possible headings of a record's table: the field's name, its Chinese or English heading, or both in one
 * cell, with any spacing, capitals or mark of a required field.
 */
public final class HeadingIndex {
    /** Columns that every record has in addition to its fields. */
    static final List<FormField> PLATFORM_COLUMNS = List.of(
            FormField.ofPlatform(
                    "sourceId",
                    "记录编号",
                    "Record id",
                    FormField.FieldType.TEXT,
                    "本单位系统中的唯一编号；同一编号再次报送即为更正",
                    "Your own key of the record; the same key sent again corrects it"),
            FormField.ofPlatform(
                    "province",
                    "省份",
                    "Province",
                    FormField.FieldType.TEXT,
                    "两位省级代码，可不填",
                    "Two-digit code of your province; may be left out"),
            FormField.ofPlatform(
                    "withdraw",
                    "撤回",
                    "Withdraw",
                    FormField.FieldType.FLAG,
                    "填“是”表示撤回该记录，此时只需填写记录编号与撤回原因",
                    "是 (yes) withdraws the record; then only its id and the reason are needed"),
            FormField.ofPlatform(
                    "reason",
                    "撤回原因",
                    "Reason for withdrawal",
                    FormField.FieldType.TEXT,
                    "仅在撤回时填写",
                    "Only together with a withdrawal"),
            FormField.ofPlatform(
                    "refusedBecause",
                    "未通过原因",
                    "Refused because",
                    FormField.FieldType.TEXT,
                    "由平台填写，再次报送时忽略",
                    "Written by the platform; ignored when it comes back"));

    private static final List<String> REQUIRED_MARKS =
            List.of("*", "(必填)", "(required)", "[必填]", "(选填)", "(optional)", ":");

    /** A number before a heading, and a note in brackets behind it: 1.名称, 入学日期（年月日）, 学生数（人）. */
    private static final Pattern ADDITIONS = Pattern.compile(
            "^\\(?[0-9]{1,2}[).、]|\\((?:人|名|人次|天|个|年/?月/?日|yyyy[^)]*|单位[^)]*|例?如[^)]*|[0-9]{1,2}位[^)]*|可?多[^)]*|下拉[^)]*|请?选择?)\\)$");

    private final Map<String, String> names = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final List<FormField> fields;

    HeadingIndex(List<FormField> ofRecord) {
        var all = new ArrayList<>(PLATFORM_COLUMNS);
        all.addAll(ofRecord);
        this.fields = List.copyOf(all);
        var ambiguous = new HashSet<String>();
        for (var field : all) {
            for (var word : List.of(field.zh(), field.en(), field.zh() + field.en())) {
                var other = names.putIfAbsent(CellTextParser.fold(word), field.name());
                if (other != null && !other.equals(field.name())) {
                    ambiguous.add(CellTextParser.fold(word));
                }
            }
            words.addAll(List.of(field.name(), field.zh(), field.en()));
        }
        names.keySet().removeAll(ambiguous);
        all.forEach(field -> names.put(CellTextParser.fold(field.name()), field.name()));
    }

    /** Returns the name of the field of a heading; null if the heading is unknown. */
    public @Nullable String findField(String heading) {
        var bare = stripMarks(heading);
        var whole = names.getOrDefault(bare, names.get(ADDITIONS.matcher(bare).replaceAll("")));
        if (whole != null) {
            return whole;
        }
        var found = new HashSet<String>();
        for (var part : heading.split("[\\n\\r/]+", 5)) {
            var name = names.get(stripMarks(part));
            if (name == null) {
                return null;
            }
            found.add(name);
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    /**
     * Returns the heading or name that is nearest to a mistyped one; null if none is near. For one that contains a single
     * heading, or is a part of a single one (学校名称, 国家), it is that.
     *
     * @param named fields that other columns have, which are therefore not meant
     */
    public @Nullable String findNearest(String heading, Set<String> named) {
        var nearest = DidYouMean.findNearest(CellTextParser.strip(heading), words);
        if (nearest != null) {
            return nearest;
        }
        var folded = stripMarks(heading);
        var meant = free(named).stream()
                .filter(field -> isPartOf(folded, CellTextParser.fold(field.zh())))
                .toList();
        return meant.size() == 1 ? meant.getFirst().zh() : null;
    }

    private List<FormField> free(Set<String> named) {
        return fields.stream().filter(field -> !named.contains(field.name())).toList();
    }

    private static boolean isPartOf(String one, String other) {
        return Math.min(one.length(), other.length()) > 1 && (one.contains(other) || other.contains(one));
    }

    private static String stripMarks(String heading) {
        var folded = CellTextParser.fold(heading);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var mark : REQUIRED_MARKS) {
                if (folded.endsWith(mark)) {
                    folded = folded.substring(0, folded.length() - mark.length());
                    changed = true;
                }
                if (folded.startsWith(mark)) {
                    folded = folded.substring(mark.length());
                    changed = true;
                }
            }
        }
        return folded;
    }
}
