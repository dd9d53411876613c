package org.voyage.mobility.enrolment;

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

/** HTTP resource of inbound enrolments. */
@Path("/v1/inbound-enrolments")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord(value = "inbound-enrolment", personal = true)
@Tag(name = "inbound-enrolments", description = "来华留学生")
public class InboundEnrolmentResource implements RecordRoutes<InboundEnrolment> {

    private final RecordRequestHandler<InboundEnrolment> endpoint;

    InboundEnrolmentResource(InboundEnrolmentService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, InboundEnrolmentService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<InboundEnrolment> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") List<String> college,
            @QueryParam("nationality") List<String> nationality,
            @QueryParam("level") List<String> level,
            @QueryParam("category") List<String> category,
            @QueryParam("outcome") List<String> outcome,
            @QueryParam("major") List<String> major,
            @BeanParam StartDateFilter started,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(InboundEnrolmentService.TYPE)
                .addTexts("college", "college", college, MobilityCodes.COLLEGE_CODE_LENGTH)
                .addCodes("nationality", "nationality", nationality, MobilityCodes.FOREIGN_COUNTRIES)
                .addCodes("level", "level", level, InboundEnrolmentJson.LEVELS)
                .addCodes("category", "category", category, InboundEnrolmentJson.CATEGORIES)
                .addCodes("outcome", "outcome", outcome, InboundEnrolmentJson.OUTCOMES)
                .addTexts("major", "record ->> 'major'", major, MobilityCodes.MAJOR_CODE_LENGTH);
        return endpoint.list(query, started.addTo(filter.toConditions()));
    }
}
