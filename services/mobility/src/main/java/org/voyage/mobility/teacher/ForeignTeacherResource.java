package org.voyage.mobility.teacher;

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
            @QueryParam("college") List<String> college,
            @QueryParam("nationality") List<String> nationality,
            @BeanParam StartDateFilter started,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(ForeignTeacherService.TYPE)
                .addTexts("college", "college", college, MobilityCodes.COLLEGE_CODE_LENGTH)
                .addCodes("nationality", "nationality", nationality, MobilityCodes.FOREIGN_COUNTRIES);
        return endpoint.list(query, started.addTo(filter.toConditions()));
    }
}
