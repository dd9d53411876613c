package org.voyage.cooperation.institution;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.cooperation.CooperationCodes;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.RecordListFilter;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.kit.record.http.RecordRoutes;

/** HTTP resource of cooperative institutions. */
@Path("/v1/cooperative-institutions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-institution")
@Tag(name = "cooperative-institutions", description = "中外合作办学机构")
public class CooperativeInstitutionResource implements RecordRoutes<CooperativeInstitution> {

    private final RecordRequestHandler<CooperativeInstitution> endpoint;

    CooperativeInstitutionResource(
            CooperativeInstitutionService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, CooperativeInstitutionService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<CooperativeInstitution> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("status") List<String> status,
            @QueryParam("scheme") List<String> scheme,
            @QueryParam("college") List<String> college,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(CooperativeInstitutionService.TYPE)
                .addCodes("status", "status", status, CooperativeInstitutionJson.COOPERATION_STATUSES)
                .addCodes("scheme", "scheme", scheme, CooperativeInstitutionJson.SCHEMES)
                .addTexts("college", "college", college, CooperationCodes.MAX_CODE_LENGTH);
        return endpoint.list(query, filter.toConditions());
    }
}
