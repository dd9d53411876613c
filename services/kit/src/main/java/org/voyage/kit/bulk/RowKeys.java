package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Shape;
import org.voyage.kit.web.SourceId;

/**
 * Reads what every row has beside the record's fields: whose it is, its key, whether it withdraws.
 *
 * @param table whether every value is text
 */
record RowKeys(Province province, RecordForm form, boolean table) {
    private static final Shape REASON = Shape.upTo(500);

    ReadRow read(long number, long line, byte[] raw, ObjectNode value) {
        return read(number, line, raw, value, List.of());
    }

    /** @param before what is wrong with the row already */
    ReadRow read(long number, long line, byte[] raw, ObjectNode value, List<Finding> before) {
        var fields = table ? FieldReader.ofRow(value, form) : FieldReader.of(value);
        before.forEach(finding ->
                fields.refuse(finding.pointer().substring(1), finding.rule(), finding.detail(), finding.detailZh()));
        var sourceId = fields.text(Row.SOURCE_ID, SourceId.SHAPE);
        var sent = fields.optionalText(Row.PROVINCE, 10);
        var withdraw = fields.flag(Row.WITHDRAW, false);
        var reason = reason(fields, withdraw);
        if (sent != null && !sent.equals(province.code()) && fields.sound()) {
            fields.refuse(Row.PROVINCE, "province-other", "Not the province of the caller.", "不是调用方所属省份。");
        }
        if (!form.personal().isEmpty()) {
            refuseHidden(value, fields);
        }
        if (!fields.sound()) {
            var findings = fields.foundSoFar();
            boolean keyless =
                    findings.stream().anyMatch(finding -> finding.pointer().equals("/" + Row.SOURCE_ID));
            return new ReadRow(number, line, raw, true, keyless ? null : sourceId, null, findings, 0);
        }
        return ReadRow.of(
                number, line, raw, new Row(number, sourceId, reason, value, false, List.of(), table ? form : null));
    }

    /** A row that is refused for what stands beside its fields: its key can be read all the same. */
    ReadRow refused(long number, long line, byte[] raw, ObjectNode value, Finding finding) {
        var fields = FieldReader.ofRow(value, form);
        var sourceId = fields.text(Row.SOURCE_ID, SourceId.SHAPE);
        return new ReadRow(number, line, raw, true, fields.sound() ? sourceId : null, null, List.of(finding), 0);
    }

    private static void refuseHidden(ObjectNode value, FieldReader fields) {
        value.properties().forEach(property -> {
            if (RowSource.HIDDEN.equals(CellText.strip(property.getValue().asText()))) {
                fields.refuse(
                        property.getKey(),
                        "hidden",
                        "The value was hidden in what came back; please write it again.",
                        "退回文件中已隐藏该值，请重新填写。");
            }
        });
    }

    private static @Nullable String reason(FieldReader fields, boolean withdraw) {
        if (withdraw) {
            return fields.text(Row.REASON, REASON);
        }
        if (fields.has(Row.REASON)) {
            fields.refuse(Row.REASON, "reason-without-withdraw", "A reason needs withdraw: true.", "仅撤回时需要填写原因。");
        }
        return null;
    }
}
