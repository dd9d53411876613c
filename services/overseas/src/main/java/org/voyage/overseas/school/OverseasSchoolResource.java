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
import org.voyage.kit.bulk.BulkRun;
import org.voyage.kit.record.Conditions;
import org.voyage.kit.record.ListQuery;
import org.voyage.kit.record.ParentRecordOperations;
import org.voyage.kit.record.RecordEndpoint;
import org.voyage.kit.record.RecordRequest;
import org.voyage.kit.web.Query;
import org.voyage.overseas.Reference;

/** Overseas schools over HTTP. */
@Path("/v1/overseas-schools")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-school")
@Tag(name = "overseas-schools", description = "境外办学机构")
public class OverseasSchoolResource implements ParentRecordOperations<OverseasSchool> {

    private final RecordEndpoint<OverseasSchool> endpoint;

    OverseasSchoolResource(OverseasSchoolService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, OverseasSchoolService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<OverseasSchool> endpoint() {
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
        Conditions where = new Conditions()
                .andIf("status = ?", Query.wire("status", status, OverseasSchoolJson.STATUSES))
                .andIf("brand = ?", Query.wire("brand", brand, OverseasSchoolJson.BRANDS))
                .andIf("record ->> 'tier' = ?", Query.wire("tier", tier, OverseasSchoolJson.TIERS))
                .andIf("record ->> 'form' = ?", Query.wire("form", form, OverseasSchoolJson.FORMS))
                .andIf("host_country = ?", Query.code("hostCountry", hostCountry, Reference.COUNTRIES));
        return endpoint.list(query, where);
    }
}
