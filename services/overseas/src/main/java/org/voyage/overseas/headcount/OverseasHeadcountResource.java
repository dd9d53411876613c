package org.voyage.overseas.headcount;

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
import org.voyage.kit.input.SourceId;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.RecordListFilter;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.kit.record.http.RecordRoutes;
import org.voyage.overseas.OverseasCodes;

/** HTTP resource of overseas headcounts. */
@Path("/v1/overseas-headcounts")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-headcount")
@Tag(name = "overseas-headcounts", description = "境外办学在校生数")
public class OverseasHeadcountResource implements RecordRoutes<OverseasHeadcount> {

    private final RecordRequestHandler<OverseasHeadcount> endpoint;

    OverseasHeadcountResource(OverseasHeadcountService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, OverseasHeadcountService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<OverseasHeadcount> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("school") List<String> school,
            @QueryParam("year") List<String> year,
            @QueryParam("major") List<String> major,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(OverseasHeadcountService.TYPE)
                .addKeys("school", "school", school, SourceId.MAX_SOURCE_ID_LENGTH)
                .addYears("year", "(record ->> 'year')::int", year)
                .addTexts("major", "record ->> 'major'", major, OverseasCodes.MAJOR_CODE_LENGTH);
        return endpoint.list(query, filter.toConditions());
    }
}
