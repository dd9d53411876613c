package org.voyage.mobility.enrolment;

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
import org.voyage.mobility.personal.PersonalRecords;

/** Inbound enrolments over HTTP. */
@Path("/v1/inbound-enrolments")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord(value = PersonalRecords.RECORD, personal = true)
@Tag(name = "inbound-enrolments", description = "来华留学生")
public class InboundEnrolmentResource {

    private final RecordEndpoint<InboundEnrolment> endpoint;

    InboundEnrolmentResource(InboundEnrolmentService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, InboundEnrolmentService.TYPE, request, bulk);
    }

    @PUT
    @Cancellable(false)
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putInboundEnrolment", summary = "Create or correct an enrolment / 新增或更正来华留学生")
    public CompletionStage<Response> put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.putTogether(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdrawInboundEnrolment", summary = "Withdraw an enrolment, with a reason / 撤回来华留学生")
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
    @Operation(operationId = "renameInboundEnrolment", summary = "Correct the key of an enrolment / 更正来华留学生的编号")
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
            operationId = "mergeInboundEnrolment",
            summary = "Merge an enrolment into another that is the same / 合并重复的来华留学生")
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
            operationId = "getInboundEnrolment",
            summary = "One of the inbound enrolments, now or as we knew it / 查询来华留学生")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getInboundEnrolmentHistory", summary = "Every version of an enrolment / 来华留学生的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(operationId = "listInboundEnrolments", summary = "The inbound enrolments, filtered and paged / 来华留学生列表")
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("nationality") @Nullable String nationality,
            @QueryParam("level") @Nullable String level,
            @QueryParam("category") @Nullable String category,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("major") @Nullable String major,
            @BeanParam StartedQuery started,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.COLLEGE_LENGTH))
                .andIf("nationality = ?", Query.code("nationality", nationality, Reference.ABROAD))
                .andIf("level = ?", Query.wire("level", level, InboundEnrolmentJson.LEVELS))
                .andIf("category = ?", Query.wire("category", category, InboundEnrolmentJson.CATEGORIES))
                .andIf("outcome = ?", Query.wire("outcome", outcome, InboundEnrolmentJson.OUTCOMES))
                .andIf("record ->> 'major' = ?", Query.text("major", major, Reference.MAJOR_LENGTH));
        return endpoint.list(
                query,
                started.in(where),
                college + "|" + nationality + "|" + level + "|" + category + "|" + outcome + "|" + major + "|"
                        + started);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getInboundEnrolmentTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postInboundEnrolmentBatch", summary = "A file of any size / 批量上报来华留学生")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
