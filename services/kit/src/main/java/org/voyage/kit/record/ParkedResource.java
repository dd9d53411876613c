package org.voyage.kit.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Scope;
import org.voyage.kit.web.Cursor;
import org.voyage.kit.web.Query;

/** What waits for the record that it belongs to. */
@Path("/v1/parked")
@Produces(MediaType.APPLICATION_JSON)
@IfBuildProperty(name = "voyage.records.enabled", stringValue = "true", enableIfMissing = true)
@Tag(name = "parked", description = "等待所属记录的数据")
public class ParkedResource {

    private static final String LIST = "parked";

    private final ParkedRows rows;
    private final RecordRequest request;
    private final RecordTools tools;

    ParkedResource(ParkedRows rows, RecordRequest request, RecordTools tools) {
        this.rows = rows;
        this.request = request;
        this.tools = tools;
    }

    @GET
    @Operation(operationId = "listParked", summary = "Rows that wait for what they belong to, oldest first / 待处理记录")
    public String list(
            @QueryParam("limit") @Nullable String limitText, @QueryParam("cursor") @Nullable String cursorText) {
        int limit = Query.limit(limitText);
        Scope scope = request.scope();
        String list = LIST + "|" + scope;
        Conditions where = new Conditions();
        if (scope instanceof Scope.One(var province)) {
            where.and("province = ?", province.code());
        }
        Cursor cursor = Cursor.decode(list, 4, cursorText);
        if (cursor != null) {
            where.and(
                    "(parked_at, record, province, source_id) > (?, ?, ?, ?)",
                    cursor.instant(0).atOffset(ZoneOffset.UTC),
                    cursor.text(1),
                    cursor.text(2),
                    cursor.text(3));
        }
        Instant horizon = tools.horizon();
        List<Parked> found = rows.list(where, limit + 1);
        List<Parked> page = found.size() > limit ? found.subList(0, limit) : found;
        // A row that is parked by a transaction under way must not come to lie behind a cursor.
        boolean goesOn = found.size() > limit && page.getLast().parkedAt().isBefore(horizon);
        return VersionJson.document(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("items");
            for (Parked row : page) {
                write(row, out);
            }
            out.writeEndArray();
            out.writeStringField("next", goesOn ? cursor(list, page.getLast()) : null);
            out.writeEndObject();
        });
    }

    private static String cursor(String list, Parked last) {
        return Cursor.encode(
                list,
                last.parkedAt(),
                last.record(),
                last.key().province().code(),
                last.key().sourceId());
    }

    private static void write(Parked row, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", row.record());
        out.writeStringField("province", row.key().province().code());
        out.writeStringField("sourceId", row.key().sourceId());
        out.writeObjectFieldStart("waitsFor");
        out.writeStringField("record", row.parent().record());
        out.writeStringField("sourceId", row.parent().key().sourceId());
        out.writeEndObject();
        out.writeStringField("parkedAt", row.parkedAt().toString());
        out.writeObjectFieldStart("cause");
        out.writeStringField("kind", row.cause().kind().code());
        out.writeStringField("id", row.cause().id());
        out.writeStringField("actor", row.cause().actor());
        out.writeEndObject();
        out.writeFieldName("record");
        out.writeRawValue(row.body());
        if (!row.findings().isEmpty()) {
            VersionJson.write(row.findings(), out);
        }
        out.writeEndObject();
    }
}
