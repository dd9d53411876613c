package org.voyage.mobility.assignment;

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
            @QueryParam("college") List<String> college,
            @QueryParam("hostCountry") List<String> hostCountry,
            @QueryParam("hostKind") List<String> hostKind,
            @QueryParam("role") List<String> role,
            @BeanParam StartDateFilter started,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(TeacherAssignmentService.TYPE)
                .addTexts("college", "college", college, MobilityCodes.COLLEGE_CODE_LENGTH)
                .addCodes("hostCountry", "host_country", hostCountry, MobilityCodes.FOREIGN_COUNTRIES)
                .addCodes("hostKind", "record ->> 'hostKind'", hostKind, TeacherAssignmentJson.HOST_KINDS)
                .addCodes("role", "role", role, TeacherAssignmentJson.ROLES);
        return endpoint.list(query, started.addTo(filter.toConditions()));
    }
}
