package org.voyage.overseas.headcount;

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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BulkRun;
import org.voyage.kit.web.JsonBody;
import org.voyage.kit.web.Query;
import org.voyage.kit.web.SourceId;
import org.voyage.overseas.Conditions;
import org.voyage.overseas.RecordAnswers;
import org.voyage.overseas.RecordImport;
import org.voyage.overseas.RecordKey;
import org.voyage.overseas.RecordPage;
import org.voyage.overseas.RecordRequest;
import org.voyage.overseas.Sent;
import org.voyage.overseas.Transactions;

/** Overseas headcounts over HTTP. */
@Path("/v1/overseas-headcounts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "overseas-headcounts", description = "境外办学人数")
public class OverseasHeadcountResource {

    private static final OverseasHeadcountJson JSON = new OverseasHeadcountJson();

    private final OverseasHeadcountService service;
    private final OverseasHeadcountStore store;
    private final RecordRequest request;
    private final BulkRun bulk;
    private final RecordAnswers<OverseasHeadcount> answers = new RecordAnswers<>(JSON);

    OverseasHeadcountResource(
            OverseasHeadcountService service, OverseasHeadcountStore store, RecordRequest request, BulkRun bulk) {
        this.service = service;
        this.store = store;
        this.request = request;
        this.bulk = bulk;
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putOverseasHeadcount", summary = "Create or correct a headcount / 新增或更正人数")
    public Response put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @RequestBody(content = @Content(schema = @Schema(ref = "OverseasHeadcount"))) JsonBody body,
            @Context HttpHeaders headers) {
        RecordKey key = request.writes(province, sourceId);
        Sent<OverseasHeadcount> sent = Sent.state(key, JSON.read(body.fields())).provided(request.conditions(headers));
        return answers.written(Transactions.run(() -> service.write(List.of(sent), request.writing())));
    }

    @POST
    @Path("batches")
    @Consumes({"application/x-ndjson", "text/csv"})
    @Operation(operationId = "postOverseasHeadcountBatch", summary = "A file of any size, NDJSON or CSV / 批量上报")
    @RequestBody(
            content = {
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return bulk.post("overseas-headcount", headers, mode, dryRun, body, new RecordImport<>(JSON, service::write));
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdrawOverseasHeadcount", summary = "Withdraw a headcount, with a reason / 撤回人数")
    public Response withdraw(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("reason") @Nullable String reason,
            @Context HttpHeaders headers) {
        RecordKey key = request.writes(province, sourceId);
        Sent<OverseasHeadcount> sent = Sent.<OverseasHeadcount>withdrawal(key, RecordRequest.reason(reason))
                .provided(request.conditions(headers));
        return answers.written(Transactions.run(() -> service.write(List.of(sent), request.writing())));
    }

    @GET
    @Path("{province}/{sourceId}")
    @Operation(operationId = "getOverseasHeadcount", summary = "One headcount, now or as we knew it / 查询人数")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        RecordKey key = request.reads(province, sourceId);
        return answers.found(store.table().asOf(key, RecordRequest.moment(asOf)), asOf == null ? headers : null);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getOverseasHeadcountHistory", summary = "Every version of a headcount / 历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return answers.history(store.table().history(request.reads(province, sourceId)));
    }

    @GET
    @Operation(operationId = "listOverseasHeadcounts", summary = "The headcounts, filtered and paged / 人数列表")
    public Response list(
            @QueryParam("school") @Nullable String school,
            @QueryParam("updatedAfter") @Nullable String updatedAfter,
            @QueryParam("withdrawn") @Nullable String withdrawn,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Conditions where = new Conditions().andIf("school = ?", Query.text("school", school, SourceId.MAX));
        String list = "overseas-headcounts|" + school;
        return new RecordPage(list, where, request.scope(), updatedAfter, withdrawn, limit, cursor)
                .answer(store.table(), answers);
    }
}
