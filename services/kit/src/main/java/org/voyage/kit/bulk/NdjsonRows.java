package org.voyage.kit.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Json;
import org.voyage.kit.web.Refusal;

/** One JSON object a line. */
final class NdjsonRows implements RowSource {
    private final ByteLines lines;
    private final RowKeys keys;
    private long number;
    private long line;

    NdjsonRows(ByteLines lines, RowKeys keys) {
        this.lines = lines;
        this.keys = keys;
    }

    @Override
    public @Nullable ReadRow next() throws IOException {
        for (var next = lines.next(); next != null; next = lines.next()) {
            line++;
            if (!next.whole()) {
                return Oversize.refused(++number, line, next.bytes(), lines.limit());
            }
            if (!blank(next.bytes())) {
                return read(++number, withoutReturn(next.bytes()));
            }
        }
        return null;
    }

    private ReadRow read(long row, byte[] raw) {
        ObjectNode value;
        try {
            value = Json.object(raw, line);
        } catch (Refusal.Malformed e) {
            return ReadRow.refused(row, line, raw, true, new Finding("", "malformed", e.detail(), e.detailZh()));
        }
        return keys.read(row, line, raw, value);
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
    public boolean bom() {
        return lines.bom();
    }

    @Override
    public boolean maybePersonal() {
        return !keys.form().personal().isEmpty();
    }

    @Override
    public Kept kept(ReadRow row, Hiding hides) {
        if (!maybePersonal()) {
            return Kept.all(row);
        }
        if (!row.whole()) {
            return Kept.NOTHING;
        }
        try {
            var value = Json.object(row.raw());
            var kept = value.objectNode();
            value.properties().forEach(property -> {
                var name = property.getKey();
                var hidden = !property.getValue().isNull() && hides.hides(name, text(property.getValue()));
                kept.set(hides.hidesName(name) ? HIDDEN : name, hidden ? kept.textNode(HIDDEN) : property.getValue());
            });
            return new Kept(kept.toString(), true);
        } catch (Refusal.Malformed e) {
            // Nobody knows where in it the personal values stand.
            return Kept.NOTHING;
        }
    }

    /** Of a list or an object everything that stands in it. */
    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static boolean blank(byte[] raw) {
        for (byte b : raw) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] withoutReturn(byte[] raw) {
        return raw.length > 0 && raw[raw.length - 1] == '\r' ? java.util.Arrays.copyOf(raw, raw.length - 1) : raw;
    }
}
