package org.voyage.kit.bulk.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.StrictJson;
import org.voyage.kit.sheet.LineSplitter;

/** Row source for NDJSON: one JSON object a line. */
final class NdjsonRowSource implements RowSource {
    private final LineSplitter lines;
    private final RowEnvelopeParser keys;
    private long number;
    private long line;

    NdjsonRowSource(LineSplitter lines, RowEnvelopeParser keys) {
        this.lines = lines;
        this.keys = keys;
    }

    @Override
    public @Nullable ParsedRow nextRow() throws IOException {
        for (var next = lines.next(); next != null; next = lines.next()) {
            line++;
            if (!next.whole()) {
                return OversizedRowRefusals.refused(++number, line, next.bytes(), lines.limit());
            }
            if (!isBlank(next.bytes())) {
                return parseRow(++number, withoutCarriageReturn(next.bytes()));
            }
        }
        return null;
    }

    private ParsedRow parseRow(long row, byte[] raw) {
        ObjectNode value;
        try {
            value = StrictJson.parseObject(raw, line);
        } catch (Refusal.Malformed e) {
            return ParsedRow.refused(row, line, raw, true, new Finding("", "malformed", e.detail(), e.detailZh()));
        }
        return keys.parseRow(row, line, raw, value);
    }

    @Override
    public @Nullable String header() {
        return null;
    }

    @Override
    public long position() {
        return lines.position();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    @Override
    public boolean hasByteOrderMark() {
        return lines.hasByteOrderMark();
    }

    @Override
    public boolean mayHoldPersonalData() {
        return !keys.form().personal().isEmpty();
    }

    @Override
    public RetainedRow retain(ParsedRow row, ValueHider hides) {
        if (!row.whole()) {
            return RetainedRow.NOTHING_RETAINED;
        }
        try {
            var value = StrictJson.parseObject(row.raw());
            var kept = value.objectNode();
            value.properties().forEach(property -> {
                var name = property.getKey();
                var hidden = !property.getValue().isNull() && hides.hidesValue(name, collectText(property.getValue()));
                kept.set(hides.hidesName(name) ? HIDDEN : name, hidden ? kept.textNode(HIDDEN) : property.getValue());
            });
            return new RetainedRow(kept.toString(), true);
        } catch (Refusal.Malformed e) {
            // The position of the personal values in the row is unknown.
            return RetainedRow.NOTHING_RETAINED;
        }
    }

    /** Returns all texts in a list or an object. */
    private static String collectText(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static boolean isBlank(byte[] raw) {
        for (byte b : raw) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] withoutCarriageReturn(byte[] raw) {
        return raw.length > 0 && raw[raw.length - 1] == '\r' ? java.util.Arrays.copyOf(raw, raw.length - 1) : raw;
    }
}
