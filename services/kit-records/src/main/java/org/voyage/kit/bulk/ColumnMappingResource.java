package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.quota.StorageQuota;
import org.voyage.kit.sheet.ColumnMapping;
import org.voyage.kit.sheet.RecordForm;

/**
 * HTTP resource of the headings that a bureau has mapped to the fields of a record. Every later file of the bureau is read
 * with them.
 */
@Path("/v1/column-mappings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "batches")
public class ColumnMappingResource {

    private static final int MAX_COLUMNS = 200;
    private static final TextFormat HEADING_FORMAT = TextFormat.upTo(100);
    private static final Set<String> PLATFORM_FIELDS = Set.of("sourceId", "province", "withdraw", "reason");

    private final Caller caller;
    private final RowHandlerRegistry handlers;
    private final ColumnMappingStore store;
    private final StorageQuota storage;

    ColumnMappingResource(Caller caller, RowHandlerRegistry handlers, ColumnMappingStore store, StorageQuota storage) {
        this.caller = caller;
        this.handlers = handlers;
        this.store = store;
        this.storage = storage;
    }

    /**
     * Headings of a bureau for one record type.
     *
     * @param record record type, as in topics
     */
    @Schema(name = "ColumnMapping")
    public record ColumnMappingResponse(String province, String record, List<MappedHeading> columns) {}

    /**
     * A heading and its field.
     *
     * @param field name of the field; null if the column is not read
     */
    @Schema(name = "MappedHeading")
    public record MappedHeading(String heading, @Nullable String field) {}

    @GET
    @Path("{province}/{record}")
    @Operation(
            operationId = "getColumnMapping",
            summary = "Headings of the bureau's own tables and the fields that they mean / 查询本省自用表头与数据项的对应关系")
    public ColumnMappingResponse get(@PathParam("province") String province, @PathParam("record") String record) {
        var its = Province.fromPath(province);
        caller.requireReadAccess(its);
        requireRecord(record);
        return toResponse(its, record, store.findMapping(its, record));
    }

    @PUT
    @Path("{province}/{record}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putColumnMapping",
            summary = "Replace them; a column with field null is not read / 更新对应关系，field 为 null 的列不读取")
    public ColumnMappingResponse put(
            @PathParam("province") String province,
            @PathParam("record") String record,
            @RequestBody(content = @Content(schema = @Schema(implementation = ColumnMappingRequest.class)))
                    JsonBody body) {
        var its = Province.fromPath(province);
        caller.requireWriteAccess(its);
        // Each change is an entry of the audit trail.
        storage.requireRoom(its);
        requireRecord(record);
        var mapping = readMapping(body.fields(), RecordForm.of(record));
        QuarkusTransaction.requiringNew().run(() -> store.replaceMapping(its, record, mapping, caller.clientId()));
        return toResponse(its, record, mapping);
    }

    /** Headings to store. */
    @Schema(name = "ColumnMappingRequest")
    public record ColumnMappingRequest(List<MappedHeading> columns) {}

    private void requireRecord(String record) {
        if (!handlers.records().codes().contains(record)) {
            throw new Refusal.NotFound();
        }
    }

    private static ColumnMappingResponse toResponse(Province province, String record, ColumnMapping mapping) {
        return new ColumnMappingResponse(
                province.code(),
                record,
                mapping.columns().stream()
                        .map(column -> new MappedHeading(column.heading(), column.field()))
                        .toList());
    }

    private static ColumnMapping readMapping(FieldReader fields, RecordForm form) {
        var names = CodeSet.of(
                "column-field",
                Stream.concat(
                                PLATFORM_FIELDS.stream().sorted(),
                                form.fields().stream().map(field -> field.name()))
                        .toList());
        var seen = new HashSet<String>();
        var columns = fields.readObjects("columns", List.of("heading", "field"), 0, MAX_COLUMNS, in -> {
            var heading = in.readText("heading", HEADING_FORMAT);
            if (in.isSound()) {
                requireMappable(in, heading, form);
                if (!seen.add(CellTextParser.fold(heading))) {
                    in.refuseField("heading", "duplicate", "The same heading is listed twice.", "同一表头重复。");
                }
            }
            return new ColumnMapping.MappedColumn(heading, in.readOptionalCode("field", names));
        });
        fields.requireNoFindings();
        return new ColumnMapping(columns);
    }

    private static void requireMappable(FieldReader in, String heading, RecordForm form) {
        if (form.headings().isOwn(heading)) {
            in.refuseField(
                    "heading",
                    "heading-of-record",
                    "The record has this heading itself; it always means its own field.",
                    "该表头是平台自有列名，只能对应其本身。");
        } else if (!form.mayShowHeading(heading)) {
            in.refuseField(
                    "heading",
                    "heading-like-person",
                    "This may be the name of a person and no heading; rename the column in the file.",
                    "该表头可能是人员姓名，不能保存；请在表中改写该列的表头。");
        }
    }
}
