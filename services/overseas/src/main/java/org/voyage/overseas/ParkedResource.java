package org.voyage.overseas;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Scope;
import org.voyage.kit.web.Cursor;
import org.voyage.kit.web.Query;

/** What waits for its school. */
@Path("/v1/parked")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "parked", description = "等待所属机构的记录")
public class ParkedResource {

    private static final String LIST = "parked";

    private final ParkedRows rows;
    private final RecordRequest request;

    ParkedResource(ParkedRows rows, RecordRequest request) {
        this.rows = rows;
        this.request = request;
    }

    @GET
    @Operation(operationId = "listParked", summary = "Rows that wait for their school, oldest first / 待处理记录")
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
        List<Parked> found = rows.list(where, limit + 1);
        List<Parked> page = found.size() > limit ? found.subList(0, limit) : found;
        return VersionJson.document(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("items");
            for (Parked row : page) {
                write(row, out);
            }
            out.writeEndArray();
            out.writeStringField("next", found.size() > limit ? cursor(list, page.getLast()) : null);
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
        out.writeStringField("waitsForSchool", row.school());
        out.writeStringField("parkedAt", row.parkedAt().toString());
        out.writeObjectFieldStart("cause");
        out.writeStringField("kind", row.cause().kind().code());
        out.writeStringField("id", row.cause().id());
        out.writeStringField("actor", row.cause().actor());
        out.writeEndObject();
        out.writeFieldName("record");
        out.writeRawValue(row.body());
        out.writeEndObject();
    }
}
