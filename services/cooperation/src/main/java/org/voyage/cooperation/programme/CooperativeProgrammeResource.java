package org.voyage.cooperation.programme;

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
import org.voyage.cooperation.Reference;
import org.voyage.cooperation.agreement.AgreementJson;
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

/** Cooperative programmes over HTTP. */
@Path("/v1/cooperative-programmes")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-programme")
@Tag(name = "cooperative-programmes", description = "中外合作办学项目")
public class CooperativeProgrammeResource {

    private final RecordEndpoint<CooperativeProgramme> endpoint;

    CooperativeProgrammeResource(CooperativeProgrammeService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, CooperativeProgrammeService.TYPE, request, bulk);
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putCooperativeProgramme", summary = "Create or correct a programme / 新增或更正中外合作办学项目")
    public Response put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.put(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(
            operationId = "withdrawCooperativeProgramme",
            summary = "Withdraw a programme, with a reason / 撤回中外合作办学项目")
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
    @Operation(operationId = "renameCooperativeProgramme", summary = "Correct the key of a programme / 更正中外合作办学项目的编号")
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
    @Operation(
            operationId = "mergeCooperativeProgramme",
            summary = "Merge a programme into another that is the same / 合并重复的中外合作办学项目")
    public Response merge(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.merge(province, sourceId, body, headers);
    }

    @GET
    @Path("{province}/{sourceId}")
    @Operation(
            operationId = "getCooperativeProgramme",
            summary = "One of the cooperative programmes, now or as we knew it / 查询中外合作办学项目")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getCooperativeProgrammeHistory", summary = "Every version of a programme / 中外合作办学项目的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(
            operationId = "listCooperativeProgrammes",
            summary = "The cooperative programmes, filtered and paged / 中外合作办学项目列表")
    public Response list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("scheme") @Nullable String scheme,
            @QueryParam("college") @Nullable String college,
            @QueryParam("major") @Nullable String major,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("status = ?", Query.wire("status", status, AgreementJson.STATUSES))
                .andIf("scheme = ?", Query.wire("scheme", scheme, AgreementJson.SCHEMES))
                .andIf("college = ?", Query.text("college", college, Reference.LONGEST_CODE))
                .andIf("major = ?", Query.text("major", major, Reference.LONGEST_CODE));
        return endpoint.list(query, where, status + "|" + scheme + "|" + college + "|" + major);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getCooperativeProgrammeTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postCooperativeProgrammeBatch", summary = "A file of any size / 批量上报中外合作办学项目")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
