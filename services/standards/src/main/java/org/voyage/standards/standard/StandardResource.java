package org.voyage.standards.standard;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.bulk.BatchFormat;
import org.voyage.kit.bulk.BulkRun;
import org.voyage.kit.record.Conditions;
import org.voyage.kit.record.ListQuery;
import org.voyage.kit.record.RecordEndpoint;
import org.voyage.kit.record.RecordRequest;
import org.voyage.kit.sheet.TemplateFile;
import org.voyage.kit.web.JsonBody;
import org.voyage.kit.web.Query;

/** Standards over HTTP. */
@Path("/v1/standards")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("standard")
@Tag(name = "standards", description = "标准")
public class StandardResource {

    private final RecordEndpoint<Standard> endpoint;

    StandardResource(StandardService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, StandardService.TYPE, request, bulk);
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putStandard", summary = "Create or correct a standard / 新增或更正标准")
    public Response put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.put(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdrawStandard", summary = "Withdraw a standard, with a reason / 撤回标准")
    public Response withdraw(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("reason") @Nullable String reason,
            @Context HttpHeaders headers) {
        return endpoint.withdraw(province, sourceId, reason, headers);
    }

    @POST
    @Path("{province}/{sourceId}/rename")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "renameStandard", summary = "Correct the key of a standard / 更正标准的编号")
    public Response rename(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.rename(province, sourceId, body, headers);
    }

    @POST
    @Path("{province}/{sourceId}/merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "mergeStandard", summary = "Merge a standard into another that is the same / 合并重复的标准")
    public Response merge(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.merge(province, sourceId, body, headers);
    }

    @GET
    @Path("{province}/{sourceId}")
    @Operation(operationId = "getStandard", summary = "One of the standards, now or as we knew it / 查询标准")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getStandardHistory", summary = "Every version of a standard / 标准的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(operationId = "listStandards", summary = "The standards, filtered and paged / 标准列表")
    public Response list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("field") @Nullable String field,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("kind = ?", Query.wire("kind", kind, StandardJson.KINDS))
                .andIf("field = ?", Query.code("field", field, StandardJson.FIELDS));
        return endpoint.list(query, where, kind + "|" + field);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getStandardTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postStandardBatch", summary = "A file of any size / 批量上报标准")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
