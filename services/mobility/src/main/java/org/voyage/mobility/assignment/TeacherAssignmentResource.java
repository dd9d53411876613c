package org.voyage.mobility.assignment;

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

/** Teacher assignments over HTTP. */
@Path("/v1/teacher-assignments")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("teacher-assignment")
@Tag(name = "teacher-assignments", description = "教师出国（境）")
public class TeacherAssignmentResource implements RecordOperations<TeacherAssignment> {

    private final RecordEndpoint<TeacherAssignment> endpoint;

    TeacherAssignmentResource(TeacherAssignmentService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, TeacherAssignmentService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<TeacherAssignment> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @QueryParam("hostKind") @Nullable String hostKind,
            @QueryParam("role") @Nullable String role,
            @BeanParam StartedQuery started,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.COLLEGE_LENGTH))
                .andIf("host_country = ?", Query.code("hostCountry", hostCountry, Reference.ABROAD))
                .andIf("record ->> 'hostKind' = ?", Query.wire("hostKind", hostKind, TeacherAssignmentJson.HOST_KINDS))
                .andIf("role = ?", Query.wire("role", role, TeacherAssignmentJson.ROLES));
        return endpoint.list(query, started.in(where));
    }
}
