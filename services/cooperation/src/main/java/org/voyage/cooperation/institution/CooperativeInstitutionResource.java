package org.voyage.cooperation.institution;

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

/** Cooperative institutions over HTTP. */
@Path("/v1/cooperative-institutions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-institution")
@Tag(name = "cooperative-institutions", description = "中外合作办学机构")
public class CooperativeInstitutionResource {

    private final RecordEndpoint<CooperativeInstitution> endpoint;

    CooperativeInstitutionResource(CooperativeInstitutionService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, CooperativeInstitutionService.TYPE, request, bulk);
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putCooperativeInstitution", summary = "Create or correct an institution / 新增或更正中外合作办学机构")
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
            operationId = "withdrawCooperativeInstitution",
            summary = "Withdraw an institution, with a reason / 撤回中外合作办学机构")
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
    @Operation(
            operationId = "renameCooperativeInstitution",
            summary = "Correct the key of an institution / 更正中外合作办学机构的编号")
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
            operationId = "mergeCooperativeInstitution",
            summary = "Merge an institution into another that is the same / 合并重复的中外合作办学机构")
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
            operationId = "getCooperativeInstitution",
            summary = "One of the cooperative institutions, now or as we knew it / 查询中外合作办学机构")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(
            operationId = "getCooperativeInstitutionHistory",
            summary = "Every version of an institution / 中外合作办学机构的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(
            operationId = "listCooperativeInstitutions",
            summary = "The cooperative institutions, filtered and paged / 中外合作办学机构列表")
    public Response list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("scheme") @Nullable String scheme,
            @QueryParam("college") @Nullable String college,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("status = ?", Query.wire("status", status, AgreementJson.STATUSES))
                .andIf("scheme = ?", Query.wire("scheme", scheme, AgreementJson.SCHEMES))
                .andIf("college = ?", Query.text("college", college, Reference.LONGEST_CODE));
        return endpoint.list(query, where, status + "|" + scheme + "|" + college);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getCooperativeInstitutionTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postCooperativeInstitutionBatch", summary = "A file of any size / 批量上报中外合作办学机构")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
