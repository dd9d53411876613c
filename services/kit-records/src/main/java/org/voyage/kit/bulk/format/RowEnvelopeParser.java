package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.PersonalTextRules;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.sheet.RecordForm;

/**
 * Parser of the envelope of a row, which it has in addition to the record's fields: province, key, withdrawal.
 *
 * @param table whether every value is text
 */
record RowEnvelopeParser(Province province, RecordForm form, boolean table) {
    private static final TextFormat REASON_FORMAT = TextFormat.upTo(500);

    ParsedRow parseRow(long number, long line, byte[] raw, ObjectNode value) {
        return parseRow(number, line, raw, value, List.of(), List.of());
    }

    /**
     * @param before findings about the row so far
     * @param warnings about cells that were written out
     */
    ParsedRow parseRow(
            long number, long line, byte[] raw, ObjectNode value, List<Finding> before, List<Finding> warnings) {
        var fields = table ? FieldReader.ofRow(value, form) : FieldReader.of(value);
        before.forEach(finding -> fields.refuseField(
                finding.pointer().substring(1), finding.rule(), finding.detail(), finding.detailZh()));
        var sourceId = fields.readText(SubmittedRow.SOURCE_ID, SourceId.FORMAT);
        var sent = fields.readOptionalText(SubmittedRow.PROVINCE, 10);
        var withdraw = fields.readFlag(SubmittedRow.WITHDRAW, false);
        var reason = readReason(fields, withdraw);
        var finding = withdraw || fields.findingsSoFar().stream().anyMatch(RowEnvelopeParser::isAboutKey)
                ? null
                : PersonalTextRules.checkKey("/" + SubmittedRow.SOURCE_ID, sourceId, form.ofPersons());
        // The columns of a row whose key looks like a person may be exchanged.
        boolean placed = isPlaced(value) && finding == null;
        if (sent != null && !sent.equals(province.code()) && fields.isSound()) {
            fields.refuseField(
                    SubmittedRow.PROVINCE, "province-other", "Not the province of the caller.", "不是调用方所属省份。");
        }
        refuseHidden(value, fields);
        if (!fields.isSound()) {
            if (finding != null) {
                fields.refuseField(SubmittedRow.SOURCE_ID, finding.rule(), finding.detail(), finding.detailZh());
            }
            var findings = fields.findingsSoFar();
            boolean keyless = findings.stream().anyMatch(RowEnvelopeParser::isAboutKey);
            return new ParsedRow(number, line, raw, true, keyless ? null : sourceId, null, findings, placed, 0);
        }
        return ParsedRow.of(
                number,
                line,
                raw,
                new SubmittedRow(number, sourceId, reason, value, false, List.copyOf(warnings), table ? form : null),
                finding,
                placed);
    }

    private static boolean isAboutKey(Finding finding) {
        return finding.pointer().equals("/" + SubmittedRow.SOURCE_ID);
    }

    /**
     * Returns whether the row is one of this record. A row with a property that resembles none of its fields may be a
     * row of another record, and the values of all its properties are in doubt.
     */
    private boolean isPlaced(ObjectNode value) {
        if (table) {
            return true;
        }
        for (var names = value.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (form.field(name) == null
                    && !SubmittedRow.isPlatformField(name)
                    && DidYouMean.findNearest(name, form.fieldNames()) == null) {
                return false;
            }
        }
        return true;
    }

    private static void refuseHidden(ObjectNode value, FieldReader fields) {
        value.properties().forEach(property -> {
            if (RowSource.HIDDEN.equals(CellTextParser.strip(property.getValue().asText()))) {
                fields.refuseField(
                        property.getKey(),
                        "hidden",
                        "The value was hidden in what came back; please write it again.",
                        "退回文件中已隐藏该值，请重新填写。");
            }
        });
    }

    private @Nullable String readReason(FieldReader fields, boolean withdraw) {
        if (withdraw) {
            var reason = fields.readText(SubmittedRow.REASON_FIELD, REASON_FORMAT);
            var finding = PersonalTextRules.checkText("/" + SubmittedRow.REASON_FIELD, reason, form.ofPersons());
            if (finding != null && fields.isSound()) {
                fields.refuseField(SubmittedRow.REASON_FIELD, finding.rule(), finding.detail(), finding.detailZh());
            }
            return reason;
        }
        if (fields.hasField(SubmittedRow.REASON_FIELD)) {
            fields.refuseField(
                    SubmittedRow.REASON_FIELD,
                    "reason-without-withdraw",
                    "A reason needs withdraw: true.",
                    "仅撤回时需要填写原因。");
        }
        return null;
    }
}
