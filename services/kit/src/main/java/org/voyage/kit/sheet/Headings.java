package org.voyage.kit.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.Nearest;

/**
 * What the columns of a record's table may be headed: the field's name, its Chinese or English heading, or both in one
 * cell, however they are spaced, capitalised or marked as required.
 */
public final class Headings {
    /** The columns that every record has beside its fields. */
    static final List<FormField> OURS = List.of(
            FormField.ours(
                    "sourceId",
                    "记录编号",
                    "Record id",
                    FormField.Type.TEXT,
                    "本单位系统中的唯一编号；同一编号再次报送即为更正",
                    "Your own key of the record; the same key sent again corrects it"),
            FormField.ours(
                    "province",
                    "省份",
                    "Province",
                    FormField.Type.TEXT,
                    "两位省级代码，可不填",
                    "Two-digit code of your province; may be left out"),
            FormField.ours(
                    "withdraw",
                    "撤回",
                    "Withdraw",
                    FormField.Type.FLAG,
                    "填“是”表示撤回该记录，此时只需填写记录编号与撤回原因",
                    "是 (yes) withdraws the record; then only its id and the reason are needed"),
            FormField.ours(
                    "reason",
                    "撤回原因",
                    "Reason for withdrawal",
                    FormField.Type.TEXT,
                    "仅在撤回时填写",
                    "Only together with a withdrawal"),
            FormField.ours(
                    "refusedBecause",
                    "未通过原因",
                    "Refused because",
                    FormField.Type.TEXT,
                    "由平台填写，再次报送时忽略",
                    "Written by the platform; ignored when it comes back"));

    private static final List<String> MARKS = List.of("*", "(必填)", "(required)", "[必填]", "(选填)", "(optional)", ":");

    private final Map<String, String> names = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    Headings(List<FormField> fields) {
        var all = new ArrayList<>(OURS);
        all.addAll(fields);
        var ambiguous = new HashSet<String>();
        for (var field : all) {
            for (var word : List.of(field.zh(), field.en(), field.zh() + field.en())) {
                var other = names.putIfAbsent(CellText.fold(word), field.name());
                if (other != null && !other.equals(field.name())) {
                    ambiguous.add(CellText.fold(word));
                }
            }
            words.addAll(List.of(field.name(), field.zh(), field.en()));
        }
        names.keySet().removeAll(ambiguous);
        all.forEach(field -> names.put(CellText.fold(field.name()), field.name()));
    }

    /** The name of the field that a heading means; null if it means none. */
    public @Nullable String name(String heading) {
        var whole = names.get(bare(heading));
        if (whole != null) {
            return whole;
        }
        var found = new HashSet<String>();
        for (var part : heading.split("[\\n\\r/]+", 5)) {
            var name = names.get(bare(part));
            if (name == null) {
                return null;
            }
            found.add(name);
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    /** The heading or name that a mistyped one is nearest to; null if none is near. */
    public @Nullable String nearest(String heading) {
        return Nearest.to(CellText.strip(heading), words);
    }

    private static String bare(String heading) {
        var folded = CellText.fold(heading);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var mark : MARKS) {
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
