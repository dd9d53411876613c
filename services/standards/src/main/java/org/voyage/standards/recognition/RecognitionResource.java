package org.voyage.standards.recognition;

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
import org.voyage.standards.Reference;

/** Recognitions over HTTP. */
@Path("/v1/recognitions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("recognition")
@Tag(name = "recognitions", description = "标准采认")
public class RecognitionResource {

    private final RecordEndpoint<Recognition> endpoint;

    RecognitionResource(RecognitionService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, RecognitionService.TYPE, request, bulk);
    }

    @PUT
    @Cancellable(false)
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putRecognition", summary = "Create or correct a recognition / 新增或更正标准采认")
    public CompletionStage<Response> put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.putTogether(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdrawRecognition", summary = "Withdraw a recognition, with a reason / 撤回标准采认")
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
    @Operation(operationId = "renameRecognition", summary = "Correct the key of a recognition / 更正标准采认的编号")
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
            operationId = "mergeRecognition",
            summary = "Merge a recognition into another that is the same / 合并重复的标准采认")
    public Response merge(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.merge(province, sourceId, body, headers);
    }

    @GET
    @Path("{province}/{sourceId}")
    @Operation(operationId = "getRecognition", summary = "One of the recognitions, now or as we knew it / 查询标准采认")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getRecognitionHistory", summary = "Every version of a recognition / 标准采认的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(operationId = "listRecognitions", summary = "The recognitions, filtered and paged / 标准采认列表")
    public Response list(
            @QueryParam("standard") @Nullable String standard,
            @QueryParam("country") @Nullable String country,
            @QueryParam("level") @Nullable String level,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("standard = ?", Query.text("standard", standard, SourceId.MAX))
                .andIf("country = ?", Query.code("country", country, Reference.COUNTRIES))
                .andIf("level = ?", Query.wire("level", level, RecognitionJson.LEVELS));
        return endpoint.list(query, where, standard + "|" + country + "|" + level);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getRecognitionTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postRecognitionBatch", summary = "A file of any size / 批量上报标准采认")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
