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
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.kit.record.http.RecordRoutes;
import org.voyage.kit.record.http.StartDateFilter;
import org.voyage.mobility.MobilityCodes;

/** HTTP resource of teacher assignments. */
@Path("/v1/teacher-assignments")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("teacher-assignment")
@Tag(name = "teacher-assignments", description = "教师出国（境）")
public class TeacherAssignmentResource implements RecordRoutes<TeacherAssignment> {

    private final RecordRequestHandler<TeacherAssignment> endpoint;

    TeacherAssignmentResource(TeacherAssignmentService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, TeacherAssignmentService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<TeacherAssignment> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @QueryParam("hostKind") @Nullable String hostKind,
            @QueryParam("role") @Nullable String role,
            @BeanParam StartDateFilter started,
            @BeanParam ListQuery query) {
        SqlConditions where = new SqlConditions()
                .andIf("college = ?", MobilityCodes.parseCollege(college))
                .andIf("host_country = ?", MobilityCodes.parseForeignCountry("hostCountry", hostCountry))
                .andIf(
                        "record ->> 'hostKind' = ?",
                        QueryParameters.parseEnum("hostKind", hostKind, TeacherAssignmentJson.HOST_KINDS))
                .andIf("role = ?", QueryParameters.parseEnum("role", role, TeacherAssignmentJson.ROLES));
        return endpoint.list(query, started.addTo(where));
    }
}
