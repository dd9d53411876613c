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
import org.voyage.cooperation.Reference;
import org.voyage.cooperation.agreement.AgreementJson;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.bulk.BulkRun;
import org.voyage.kit.record.Conditions;
import org.voyage.kit.record.ListQuery;
import org.voyage.kit.record.ParentRecordOperations;
import org.voyage.kit.record.RecordEndpoint;
import org.voyage.kit.record.RecordRequest;
import org.voyage.kit.web.Query;

/** Cooperative programmes over HTTP. */
@Path("/v1/cooperative-programmes")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("cooperative-programme")
@Tag(name = "cooperative-programmes", description = "中外合作办学项目")
public class CooperativeProgrammeResource implements ParentRecordOperations<CooperativeProgramme> {

    private final RecordEndpoint<CooperativeProgramme> endpoint;

    CooperativeProgrammeResource(CooperativeProgrammeService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, CooperativeProgrammeService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<CooperativeProgramme> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("scheme") @Nullable String scheme,
            @QueryParam("college") @Nullable String college,
            @QueryParam("major") @Nullable String major,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("status = ?", Query.wire("status", status, AgreementJson.STATUSES))
                .andIf("scheme = ?", Query.wire("scheme", scheme, AgreementJson.SCHEMES))
                .andIf("college = ?", Query.text("college", college, Reference.LONGEST_CODE))
                .andIf("major = ?", Query.text("major", major, Reference.LONGEST_CODE));
        return endpoint.list(query, where);
    }
}
