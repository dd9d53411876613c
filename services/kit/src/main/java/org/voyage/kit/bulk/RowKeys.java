package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.Shape;
import org.voyage.kit.web.SourceId;

/** Reads what every row has beside the record's fields: whose it is, its key, whether it withdraws. */
record RowKeys(Province province, boolean text) {
    private static final Shape REASON = Shape.upTo(500);
    private static final Shape SOURCE_ID = Shape.upTo(SourceId.MAX);

    ReadRow read(long number, long line, byte[] raw, ObjectNode value) {
        var fields = text ? FieldReader.ofRow(value) : FieldReader.of(value);
        var sourceId = fields.text(Row.SOURCE_ID, SOURCE_ID);
        var sent = fields.optionalText(Row.PROVINCE, 2);
        var withdraw = fields.flag(Row.WITHDRAW, false);
        var reason = reason(fields, withdraw);
        if (sent != null && !sent.equals(province.code()) && fields.sound()) {
            fields.refuse(Row.PROVINCE, "province-other", "Not the province of the caller.", "不是调用方所属省份。");
        }
        if (!fields.sound()) {
            return new ReadRow(number, line, raw, true, null, fields.foundSoFar());
        }
        return new ReadRow(number, line, raw, true, new Row(number, sourceId, reason, value, text), List.of());
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
