package org.voyage.mobility.assignment;

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

/** Teacher assignments over HTTP. */
@Path("/v1/teacher-assignments")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("teacher-assignment")
@Tag(name = "teacher-assignments", description = "教师出国（境）")
public class TeacherAssignmentResource {

    private final RecordEndpoint<TeacherAssignment> endpoint;

    TeacherAssignmentResource(TeacherAssignmentService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, TeacherAssignmentService.TYPE, request, bulk);
    }

    @PUT
    @Cancellable(false)
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putTeacherAssignment", summary = "Create or correct an assignment / 新增或更正教师出国（境）")
    public CompletionStage<Response> put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.putTogether(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdrawTeacherAssignment", summary = "Withdraw an assignment, with a reason / 撤回教师出国（境）")
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
    @Operation(operationId = "renameTeacherAssignment", summary = "Correct the key of an assignment / 更正教师出国（境）的编号")
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
            operationId = "mergeTeacherAssignment",
            summary = "Merge an assignment into another that is the same / 合并重复的教师出国（境）")
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
            operationId = "getTeacherAssignment",
            summary = "One of the teacher assignments, now or as we knew it / 查询教师出国（境）")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getTeacherAssignmentHistory", summary = "Every version of an assignment / 教师出国（境）的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(
            operationId = "listTeacherAssignments",
            summary = "The teacher assignments, filtered and paged / 教师出国（境）列表")
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @QueryParam("hostKind") @Nullable String hostKind,
            @QueryParam("role") @Nullable String role,
            @BeanParam StartedQuery started,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.COLLEGE_LENGTH))
                .andIf("host_country = ?", Query.code("hostCountry", hostCountry, Reference.ABROAD))
                .andIf("record ->> 'hostKind' = ?", Query.wire("hostKind", hostKind, TeacherAssignmentJson.HOST_KINDS))
                .andIf("role = ?", Query.wire("role", role, TeacherAssignmentJson.ROLES));
        return endpoint.list(
                query, started.in(where), college + "|" + hostCountry + "|" + hostKind + "|" + role + "|" + started);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getTeacherAssignmentTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postTeacherAssignmentBatch", summary = "A file of any size / 批量上报教师出国（境）")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
