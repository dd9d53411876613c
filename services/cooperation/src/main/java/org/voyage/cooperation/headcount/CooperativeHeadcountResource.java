package org.voyage.cooperation.headcount;

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
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
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
import org.voyage.kit.web.SourceId;

/** Cooperative headcounts over HTTP. */
@Path("/v1/cooperative-headcounts")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-headcount")
@Tag(name = "cooperative-headcounts", description = "中外合作办学在校生数")
public class CooperativeHeadcountResource {

    private final RecordEndpoint<CooperativeHeadcount> endpoint;

    CooperativeHeadcountResource(CooperativeHeadcountService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, CooperativeHeadcountService.TYPE, request, bulk);
    }

    @PUT
    @Cancellable(false)
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putCooperativeHeadcount", summary = "Create or correct a headcount / 新增或更正中外合作办学在校生数")
    public CompletionStage<Response> put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.putTogether(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(
            operationId = "withdrawCooperativeHeadcount",
            summary = "Withdraw a headcount, with a reason / 撤回中外合作办学在校生数")
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
    @Operation(operationId = "renameCooperativeHeadcount", summary = "Correct the key of a headcount / 更正中外合作办学在校生数的编号")
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
            operationId = "mergeCooperativeHeadcount",
            summary = "Merge a headcount into another that is the same / 合并重复的中外合作办学在校生数")
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
            operationId = "getCooperativeHeadcount",
            summary = "One of the cooperative headcounts, now or as we knew it / 查询中外合作办学在校生数")
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
            operationId = "getCooperativeHeadcountHistory",
            summary = "Every version of a headcount / 中外合作办学在校生数的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(
            operationId = "listCooperativeHeadcounts",
            summary = "The cooperative headcounts, filtered and paged / 中外合作办学在校生数列表")
    public Response list(
            @QueryParam("institution") @Nullable String institution,
            @QueryParam("programme") @Nullable String programme,
            @QueryParam("year") @Nullable String year,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("institution = ?", Query.text("institution", institution, SourceId.MAX))
                .andIf("programme = ?", Query.text("programme", programme, SourceId.MAX))
                .andIf("year = ?", Query.year("year", year));
        return endpoint.list(query, where, institution + "|" + programme + "|" + year);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getCooperativeHeadcountTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postCooperativeHeadcountBatch", summary = "A file of any size / 批量上报中外合作办学在校生数")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
