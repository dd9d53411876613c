package org.voyage.overseas.school;

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
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.JsonBody;
import org.voyage.kit.web.Query;
import org.voyage.overseas.Conditions;
import org.voyage.overseas.RecordAnswers;
import org.voyage.overseas.RecordImport;
import org.voyage.overseas.RecordKey;
import org.voyage.overseas.RecordPage;
import org.voyage.overseas.RecordRequest;
import org.voyage.overseas.Reference;
import org.voyage.overseas.Sent;
import org.voyage.overseas.Transactions;

/** Overseas schools over HTTP. */
@Path("/v1/overseas-schools")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "overseas-schools", description = "境外办学机构")
public class OverseasSchoolResource {

    private static final OverseasSchoolJson JSON = new OverseasSchoolJson();

    private final OverseasSchoolService service;
    private final OverseasSchoolStore store;
    private final RecordRequest request;
    private final BulkRun bulk;
    private final RecordAnswers<OverseasSchool> answers = new RecordAnswers<>(JSON);

    OverseasSchoolResource(
            OverseasSchoolService service, OverseasSchoolStore store, RecordRequest request, BulkRun bulk) {
        this.service = service;
        this.store = store;
        this.request = request;
        this.bulk = bulk;
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putOverseasSchool", summary = "Create or correct a school / 新增或更正机构")
    public Response put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @RequestBody(content = @Content(schema = @Schema(ref = "OverseasSchool"))) JsonBody body,
            @Context HttpHeaders headers) {
        RecordKey key = request.writes(province, sourceId);
        Sent<OverseasSchool> sent = Sent.state(key, JSON.read(body.fields())).provided(request.conditions(headers));
        return answers.written(Transactions.run(() -> service.write(List.of(sent), request.writing())));
    }

    @POST
    @Path("batches")
    @Consumes({"application/x-ndjson", "text/csv"})
    @Operation(operationId = "postOverseasSchoolBatch", summary = "A file of any size, NDJSON or CSV / 批量上报")
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
        return bulk.post("overseas-school", headers, mode, dryRun, body, new RecordImport<>(JSON, service::write));
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdrawOverseasSchool", summary = "Withdraw a school, with a reason / 撤回机构")
    public Response withdraw(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("reason") @Nullable String reason,
            @Context HttpHeaders headers) {
        RecordKey key = request.writes(province, sourceId);
        Sent<OverseasSchool> sent = Sent.<OverseasSchool>withdrawal(key, RecordRequest.reason(reason))
                .provided(request.conditions(headers));
        return answers.written(Transactions.run(() -> service.write(List.of(sent), request.writing())));
    }

    @GET
    @Path("{province}/{sourceId}")
    @Operation(operationId = "getOverseasSchool", summary = "One school, now or as we knew it / 查询机构")
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
    @Operation(operationId = "getOverseasSchoolHistory", summary = "Every version of a school / 历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return answers.history(store.table().history(request.reads(province, sourceId)));
    }

    @GET
    @Operation(operationId = "listOverseasSchools", summary = "The schools, filtered and paged / 机构列表")
    public Response list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("brand") @Nullable String brand,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @QueryParam("updatedAfter") @Nullable String updatedAfter,
            @QueryParam("withdrawn") @Nullable String withdrawn,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Conditions where = new Conditions()
                .andIf("status = ?", kebab(Query.code("status", status, OverseasSchoolJson.STATUSES)))
                .andIf("brand = ?", kebab(Query.code("brand", brand, OverseasSchoolJson.BRANDS)))
                .andIf("host_country = ?", Query.code("hostCountry", hostCountry, Reference.COUNTRIES));
        String list = "overseas-schools|" + status + "|" + brand + "|" + hostCountry;
        return new RecordPage(list, where, request.scope(), updatedAfter, withdrawn, limit, cursor)
                .answer(store.table(), answers);
    }

    private static @Nullable String kebab(@Nullable Enum<?> code) {
        return code == null ? null : Codes.kebab(code);
    }
}
