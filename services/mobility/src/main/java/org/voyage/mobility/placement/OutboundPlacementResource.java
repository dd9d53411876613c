package org.voyage.mobility.placement;

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
import org.voyage.kit.record.StartedQuery;
import org.voyage.kit.sheet.TemplateFile;
import org.voyage.kit.web.JsonBody;
import org.voyage.kit.web.Query;
import org.voyage.mobility.Reference;

/** Outbound placements over HTTP. */
@Path("/v1/outbound-placements")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("outbound-placement")
@Tag(name = "outbound-placements", description = "学生出国（境）实习研修")
public class OutboundPlacementResource {

    private final RecordEndpoint<OutboundPlacement> endpoint;

    OutboundPlacementResource(OutboundPlacementService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, OutboundPlacementService.TYPE, request, bulk);
    }

    @PUT
    @Cancellable(false)
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putOutboundPlacement", summary = "Create or correct a placement / 新增或更正学生出国（境）实习研修")
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
            operationId = "withdrawOutboundPlacement",
            summary = "Withdraw a placement, with a reason / 撤回学生出国（境）实习研修")
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
    @Operation(operationId = "renameOutboundPlacement", summary = "Correct the key of a placement / 更正学生出国（境）实习研修的编号")
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
            operationId = "mergeOutboundPlacement",
            summary = "Merge a placement into another that is the same / 合并重复的学生出国（境）实习研修")
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
            operationId = "getOutboundPlacement",
            summary = "One of the outbound placements, now or as we knew it / 查询学生出国（境）实习研修")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getOutboundPlacementHistory", summary = "Every version of a placement / 学生出国（境）实习研修的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(
            operationId = "listOutboundPlacements",
            summary = "The outbound placements, filtered and paged / 学生出国（境）实习研修列表")
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @QueryParam("purpose") @Nullable String purpose,
            @BeanParam StartedQuery started,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.COLLEGE_LENGTH))
                .andIf("host_country = ?", Query.code("hostCountry", hostCountry, Reference.ABROAD))
                .andIf("purpose = ?", Query.wire("purpose", purpose, OutboundPlacementJson.PURPOSES));
        return endpoint.list(query, started.in(where), college + "|" + hostCountry + "|" + purpose + "|" + started);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getOutboundPlacementTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postOutboundPlacementBatch", summary = "A file of any size / 批量上报学生出国（境）实习研修")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
