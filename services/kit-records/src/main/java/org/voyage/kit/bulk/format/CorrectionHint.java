package org.voyage.kit.bulk.format;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.rules.BilingualText;
import org.voyage.kit.rules.Rule;
import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;

/** Hint how to correct a refused value, for a person: the text of the rule and the content of the column. */
public record CorrectionHint(String en, String zh) {

    private static final CorrectionHint FOLLOW_MESSAGE =
            new CorrectionHint("Change the value as the message says and send the rows again.", "请按提示修改后重新报送这些行。");

    /**
     * @param rule null if the rule book no longer has it
     * @param pointer place of the value, {@code ""} for the whole row
     */
    public static CorrectionHint of(String id, @Nullable Rule rule, String pointer, RecordForm form) {
        var name = pointer.isEmpty() ? "" : pointer.substring(1).replaceFirst("/.*", "");
        var field = form.field(name);
        var general = generalHint(id, rule, field);
        if (field == null) {
            return general;
        }
        return new CorrectionHint(
                "Column " + field.en() + ": " + general.en + " " + field.explainEn(),
                "“" + field.zh() + "”列：" + general.zh + field.explainZh());
    }

    private static CorrectionHint generalHint(String id, @Nullable Rule rule, @Nullable FormField field) {
        if (field != null && field.codes() != null && id.endsWith("-unknown")) {
            return new CorrectionHint("Choose a code or name from the list in the template.", "请从模板“代码”表中选择代码或名称。");
        }
        if (rule == null) {
            return FOLLOW_MESSAGE;
        }
        BilingualText repair = rule.repair();
        return new CorrectionHint(repair.en(), repair.zh());
    }
}
