package org.voyage.overseas.school;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.RecordListFilter;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.kit.record.http.RecordRoutes;
import org.voyage.overseas.OverseasCodes;

/** HTTP resource of overseas schools. */
@Path("/v1/overseas-schools")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-school")
@Tag(name = "overseas-schools", description = "境外办学机构")
public class OverseasSchoolResource implements RecordRoutes<OverseasSchool> {

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
            @QueryParam("status") List<String> status,
            @QueryParam("brand") List<String> brand,
            @QueryParam("tier") List<String> tier,
            @QueryParam("form") List<String> form,
            @QueryParam("hostCountry") List<String> hostCountry,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(OverseasSchoolService.TYPE)
                .addCodes("status", "status", status, OverseasSchoolJson.STATUSES)
                .addCodes("brand", "brand", brand, OverseasSchoolJson.BRANDS)
                .addCodes("tier", "record ->> 'tier'", tier, OverseasSchoolJson.TIERS)
                .addCodes("form", "record ->> 'form'", form, OverseasSchoolJson.FORMS)
                .addCodes("hostCountry", "host_country", hostCountry, OverseasCodes.FOREIGN_COUNTRIES);
        return endpoint.list(query, filter.toConditions());
    }
}
