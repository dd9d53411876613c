package org.voyage.kit.record.http;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Scope;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.NamedRecord;
import org.voyage.kit.record.ParentReference;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.VersionJson;
import org.voyage.kit.record.parent.ChildRecordCoordinator;
import org.voyage.kit.record.parent.ParkedRow;
import org.voyage.kit.record.parent.ParkedRowStore;
import org.voyage.kit.record.write.RecordWriteSupport;
import org.voyage.kit.reference.InstantFormat;

/** HTTP resource of parked rows, which wait for their parents. */
@Path("/v1/parked")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "parked", description = "待处理的数据")
public class ParkedResource {

    private static final String LIST_NAME = "parked";

    private final ParkedRowStore rows;
    private final ChildRecordCoordinator children;
    private final RecordRequest request;
    private final RecordWriteSupport tools;
    private final CursorCodec cursors;

    ParkedResource(
            ParkedRowStore rows,
            ChildRecordCoordinator children,
            RecordRequest request,
            RecordWriteSupport tools,
            CursorCodec cursors) {
        this.rows = rows;
        this.children = children;
        this.request = request;
        this.tools = tools;
        this.cursors = cursors;
    }

    @GET
    @Operation(operationId = "listParked", summary = "Rows that wait for what they belong to, oldest first / 待处理记录")
    public String list(
            @QueryParam("limit") @Nullable String limitText, @QueryParam("cursor") @Nullable String cursorText) {
        int limit = QueryParameters.parseLimit(limitText);
        Scope scope = request.requireReadScope();
        String list = LIST_NAME + "|" + scope;
        SqlConditions where = new SqlConditions();
        if (scope instanceof Scope.ProvinceScope(var province)) {
            where.and("province = ?", province.code());
        }
        Cursor cursor = cursors.decode(list, 4, cursorText);
        if (cursor != null) {
            where.and(
                    "(parked_at, record, province, source_id) > (?, ?, ?, ?)",
                    cursor.instant(0).atOffset(ZoneOffset.UTC),
                    cursor.text(1),
                    cursor.text(2),
                    cursor.text(3));
        }
        Instant horizon = tools.readHorizon(scope.province());
        List<ParkedRow> found = rows.listWaiting(where, limit + 1);
        List<ParkedRow> page = found.size() > limit ? found.subList(0, limit) : found;
        // A running transaction may still park a row; that row must not appear behind a cursor.
        boolean goesOn = found.size() > limit && page.getLast().parkedAt().isBefore(horizon);
        Map<ParentReference, NamedRecord> meant = children.findMeantParents(page);
        return VersionJson.writeDocument(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("items");
            for (ParkedRow row : page) {
                writeRow(row, meant.get(row.parent()), out);
            }
            out.writeEndArray();
            out.writeStringField("next", goesOn ? cursorAfter(list, page.getLast()) : null);
            out.writeEndObject();
        });
    }

    private String cursorAfter(String list, ParkedRow last) {
        return cursors.encode(
                list,
                last.parkedAt(),
                last.record(),
                last.key().province().code(),
                last.key().sourceId());
    }

    private static void writeRow(ParkedRow row, @Nullable NamedRecord meant, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("record", row.record());
        out.writeStringField("province", row.key().province().code());
        out.writeStringField("sourceId", row.key().sourceId());
        out.writeObjectFieldStart("waitsFor");
        out.writeStringField("record", row.parent().record());
        out.writeStringField("sourceId", row.parent().key().sourceId());
        if (meant != null) {
            out.writeObjectFieldStart("suggestion");
            out.writeStringField("sourceId", meant.key().sourceId());
            out.writeStringField("name", meant.name());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeStringField("parkedAt", InstantFormat.formatInstant(row.parkedAt()));
        out.writeObjectFieldStart("cause");
        out.writeStringField("kind", row.cause().kind().code());
        out.writeStringField("id", row.cause().id());
        out.writeStringField("actor", row.cause().actor());
        out.writeEndObject();
        out.writeFieldName("fields");
        out.writeRawValue(row.body());
        if (!row.findings().isEmpty()) {
            VersionJson.writeWarnings(row.findings(), out);
        }
        out.writeEndObject();
    }
}
