package org.voyage.cooperation.programme;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.cooperation.CooperationCodes;
import org.voyage.cooperation.agreement.AgreementJson;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.ParentRecordRoutes;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;

/** HTTP resource of cooperative programmes. */
@Path("/v1/cooperative-programmes")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-programme")
@Tag(name = "cooperative-programmes", description = "中外合作办学项目")
public class CooperativeProgrammeResource implements ParentRecordRoutes<CooperativeProgramme> {

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
            @QueryParam("status") @Nullable String status,
            @QueryParam("scheme") @Nullable String scheme,
            @QueryParam("college") @Nullable String college,
            @QueryParam("major") @Nullable String major,
            @BeanParam ListQuery query) {
        SqlConditions where = new SqlConditions()
                .andIf("status = ?", QueryParameters.parseEnum("status", status, AgreementJson.STATUSES))
                .andIf("scheme = ?", QueryParameters.parseEnum("scheme", scheme, AgreementJson.SCHEMES))
                .andIf("college = ?", QueryParameters.parseText("college", college, CooperationCodes.MAX_CODE_LENGTH))
                .andIf("major = ?", QueryParameters.parseText("major", major, CooperationCodes.MAX_CODE_LENGTH));
        return endpoint.list(query, where);
    }
}
