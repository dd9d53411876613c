package org.voyage.cooperation.programme;

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

/** HTTP resource of cooperative programmes. */
@Path("/v1/cooperative-programmes")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-programme")
@Tag(name = "cooperative-programmes", description = "中外合作办学项目")
public class CooperativeProgrammeResource implements RecordRoutes<CooperativeProgramme> {

    private final RecordRequestHandler<CooperativeProgramme> endpoint;

    CooperativeProgrammeResource(CooperativeProgrammeService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, CooperativeProgrammeService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<CooperativeProgramme> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("status") List<String> status,
            @QueryParam("scheme") List<String> scheme,
            @QueryParam("college") List<String> college,
            @QueryParam("major") List<String> major,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(CooperativeProgrammeService.TYPE)
                .addCodes("status", "status", status, CooperativeProgrammeJson.COOPERATION_STATUSES)
                .addCodes("scheme", "scheme", scheme, CooperativeProgrammeJson.SCHEMES)
                .addTexts("college", "college", college, CooperationCodes.MAX_CODE_LENGTH)
                .addTexts("major", "major", major, CooperationCodes.MAX_CODE_LENGTH);
        return endpoint.list(query, filter.toConditions());
    }
}
