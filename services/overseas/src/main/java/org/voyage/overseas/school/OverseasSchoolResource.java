package org.voyage.overseas.school;

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
import org.voyage.overseas.Reference;

/** Overseas schools over HTTP. */
@Path("/v1/overseas-schools")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-school")
@Tag(name = "overseas-schools", description = "境外办学机构")
public class OverseasSchoolResource {

    private final RecordEndpoint<OverseasSchool> endpoint;

    OverseasSchoolResource(OverseasSchoolService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, OverseasSchoolService.TYPE, request, bulk);
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putOverseasSchool", summary = "Create or correct a school / 新增或更正境外办学机构")
    public Response put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return endpoint.put(province, sourceId, body, headers);
    }

    @DELETE
    @Path("{province}/{sourceId}")
    @Operation(operationId = "withdrawOverseasSchool", summary = "Withdraw a school, with a reason / 撤回境外办学机构")
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
    @Operation(operationId = "renameOverseasSchool", summary = "Correct the key of a school / 更正境外办学机构的编号")
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
            operationId = "mergeOverseasSchool",
            summary = "Merge a school into another that is the same / 合并重复的境外办学机构")
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
            operationId = "getOverseasSchool",
            summary = "One of the overseas schools, now or as we knew it / 查询境外办学机构")
    public Response get(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            @QueryParam("asOf") @Nullable String asOf,
            @Context HttpHeaders headers) {
        return endpoint.get(province, sourceId, asOf, headers);
    }

    @GET
    @Path("{province}/{sourceId}/history")
    @Operation(operationId = "getOverseasSchoolHistory", summary = "Every version of a school / 境外办学机构的历史版本")
    public Response history(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return endpoint.history(province, sourceId);
    }

    @GET
    @Operation(operationId = "listOverseasSchools", summary = "The overseas schools, filtered and paged / 境外办学机构列表")
    public Response list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("brand") @Nullable String brand,
            @QueryParam("tier") @Nullable String tier,
            @QueryParam("form") @Nullable String form,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("status = ?", Query.wire("status", status, OverseasSchoolJson.STATUSES))
                .andIf("brand = ?", Query.wire("brand", brand, OverseasSchoolJson.BRANDS))
                .andIf("record ->> 'tier' = ?", Query.wire("tier", tier, OverseasSchoolJson.TIERS))
                .andIf("record ->> 'form' = ?", Query.wire("form", form, OverseasSchoolJson.FORMS))
                .andIf("host_country = ?", Query.code("hostCountry", hostCountry, Reference.COUNTRIES));
        return endpoint.list(query, where, status + "|" + brand + "|" + tier + "|" + form + "|" + hostCountry);
    }

    @GET
    @Path("template.xlsx")
    @Produces(TemplateFile.TYPE)
    @Operation(operationId = "getOverseasSchoolTemplate", summary = "A spreadsheet to fill in / 下载填报模板")
    public Response template() {
        return endpoint.template();
    }

    @POST
    @Path("batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(operationId = "postOverseasSchoolBatch", summary = "A file of any size / 批量上报境外办学机构")
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        return endpoint.batch(mode, dryRun, headers, body);
    }
}
