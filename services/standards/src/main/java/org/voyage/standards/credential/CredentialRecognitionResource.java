package org.voyage.standards.credential;

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
import org.voyage.standards.Reference;

/** Recognitions of credentials over HTTP. */
@Path("/v1/credential-recognitions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("credential-recognition")
@Tag(name = "credential-recognitions", description = "学分/证书互认")
public class CredentialRecognitionResource {

    private final RecordEndpoint<CredentialRecognition> endpoint;

    CredentialRecognitionResource(CredentialRecognitionService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, CredentialRecognitionService.TYPE, request, bulk);
    }

    @PUT
    @Cancellable(false)
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putCredentialRecognition",
            summary = "Create or correct a recognition of a credential / 新增或更正学分/证书互认")
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
            operationId = "withdrawCredentialRecognition",
            summary = "Withdraw a recognition of a credential, with a reason / 撤回学分/证书互认")
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
            operationId = "renameCredentialRecognition",
            summary = "Correct the key of a recognition of a credential / 更正学分/证书互认的编号")
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
            operationId = "mergeCredentialRecognition",
            summary = "Merge a recognition of a credential into another that is the same / 合并重复的学分/证书互认")
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
            operationId = "getCredentialRecognition",
            summary = "One of the recognitions of credentials, now or as we knew it / 查询学分/证书互认")
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
            operationId = "getCredentialRecognitionHistory",
            summary = "Every version of a recognition of a credential / 学分/证书互认的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(
            operationId = "listCredentialRecognitions",
            summary = "The recognitions of credentials, filtered and paged / 学分/证书互认列表")
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("country") @Nullable String country,
            @QueryParam("delivery") @Nullable String delivery,
            @QueryParam("decision") @Nullable String decision,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.LONGEST_CODE))
                .andIf("country = ?", Query.code("country", country, Reference.ABROAD))
                .andIf("delivery = ?", Query.wire("delivery", delivery, CredentialRecognitionJson.DELIVERIES))
                .andIf("decision = ?", Query.wire("decision", decision, CredentialRecognitionJson.DECISIONS));
        return endpoint.list(query, where, college + "|" + country + "|" + delivery + "|" + decision);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getCredentialRecognitionTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postCredentialRecognitionBatch", summary = "A file of any size / 批量上报学分/证书互认")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
