package org.voyage.overseas.school;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.ParentRecordRoutes;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.overseas.OverseasCodes;

/** HTTP resource of overseas schools. */
@Path("/v1/overseas-schools")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-school")
@Tag(name = "overseas-schools", description = "境外办学机构")
public class OverseasSchoolResource implements ParentRecordRoutes<OverseasSchool> {

    private final RecordRequestHandler<OverseasSchool> endpoint;

    OverseasSchoolResource(OverseasSchoolService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, OverseasSchoolService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<OverseasSchool> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("brand") @Nullable String brand,
            @QueryParam("tier") @Nullable String tier,
            @QueryParam("form") @Nullable String form,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @BeanParam ListQuery query) {
        SqlConditions where = new SqlConditions()
                .andIf("status = ?", QueryParameters.parseEnum("status", status, OverseasSchoolJson.STATUSES))
                .andIf("brand = ?", QueryParameters.parseEnum("brand", brand, OverseasSchoolJson.BRANDS))
                .andIf("record ->> 'tier' = ?", QueryParameters.parseEnum("tier", tier, OverseasSchoolJson.TIERS))
                .andIf("record ->> 'form' = ?", QueryParameters.parseEnum("form", form, OverseasSchoolJson.FORMS))
                .andIf(
                        "host_country = ?",
                        QueryParameters.parseCode("hostCountry", hostCountry, OverseasCodes.FOREIGN_COUNTRIES));
        return endpoint.list(query, where);
    }
}
