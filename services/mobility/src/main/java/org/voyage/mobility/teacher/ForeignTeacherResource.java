package org.voyage.mobility.teacher;

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
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.kit.record.http.RecordRoutes;
import org.voyage.kit.record.http.StartDateFilter;
import org.voyage.mobility.MobilityCodes;

/** HTTP resource of foreign teachers. */
@Path("/v1/foreign-teachers")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("foreign-teacher")
@Tag(name = "foreign-teachers", description = "外籍教师")
public class ForeignTeacherResource implements RecordRoutes<ForeignTeacher> {

    private final RecordRequestHandler<ForeignTeacher> endpoint;

    ForeignTeacherResource(ForeignTeacherService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, ForeignTeacherService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<ForeignTeacher> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("nationality") @Nullable String nationality,
            @BeanParam StartDateFilter started,
            @BeanParam ListQuery query) {
        SqlConditions where = new SqlConditions()
                .andIf("college = ?", MobilityCodes.parseCollege(college))
                .andIf("nationality = ?", MobilityCodes.parseForeignCountry("nationality", nationality));
        return endpoint.list(query, started.addTo(where));
    }
}
