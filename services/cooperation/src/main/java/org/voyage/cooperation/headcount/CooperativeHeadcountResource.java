package org.voyage.cooperation.headcount;

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

/** HTTP resource of cooperative headcounts. */
@Path("/v1/cooperative-headcounts")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-headcount")
@Tag(name = "cooperative-headcounts", description = "中外合作办学在校生数")
public class CooperativeHeadcountResource implements RecordRoutes<CooperativeHeadcount> {

    private final RecordRequestHandler<CooperativeHeadcount> endpoint;

    CooperativeHeadcountResource(CooperativeHeadcountService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, CooperativeHeadcountService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<CooperativeHeadcount> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("institution") List<String> institution,
            @QueryParam("programme") List<String> programme,
            @QueryParam("year") List<String> year,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(CooperativeHeadcountService.TYPE)
                .addKeys("institution", "institution", institution, SourceId.MAX_SOURCE_ID_LENGTH)
                .addKeys("programme", "programme", programme, SourceId.MAX_SOURCE_ID_LENGTH)
                .addYears("year", "year", year);
        return endpoint.list(query, filter.toConditions());
    }
}
