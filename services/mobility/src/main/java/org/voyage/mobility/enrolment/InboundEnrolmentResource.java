package org.voyage.mobility.enrolment;

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
import org.voyage.kit.record.RecordEndpoint;
import org.voyage.kit.record.RecordOperations;
import org.voyage.kit.record.RecordRequest;
import org.voyage.kit.record.StartedQuery;
import org.voyage.kit.web.Query;
import org.voyage.mobility.Reference;

/** Inbound enrolments over HTTP. */
@Path("/v1/inbound-enrolments")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord(value = "inbound-enrolment", personal = true)
@Tag(name = "inbound-enrolments", description = "来华留学生")
public class InboundEnrolmentResource implements RecordOperations<InboundEnrolment> {

    private final RecordEndpoint<InboundEnrolment> endpoint;

    InboundEnrolmentResource(InboundEnrolmentService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, InboundEnrolmentService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<InboundEnrolment> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("nationality") @Nullable String nationality,
            @QueryParam("level") @Nullable String level,
            @QueryParam("category") @Nullable String category,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("major") @Nullable String major,
            @BeanParam StartedQuery started,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.COLLEGE_LENGTH))
                .andIf("nationality = ?", Query.code("nationality", nationality, Reference.ABROAD))
                .andIf("level = ?", Query.wire("level", level, InboundEnrolmentJson.LEVELS))
                .andIf("category = ?", Query.wire("category", category, InboundEnrolmentJson.CATEGORIES))
                .andIf("outcome = ?", Query.wire("outcome", outcome, InboundEnrolmentJson.OUTCOMES))
                .andIf("record ->> 'major' = ?", Query.text("major", major, Reference.MAJOR_LENGTH));
        return endpoint.list(query, started.in(where));
    }
}
