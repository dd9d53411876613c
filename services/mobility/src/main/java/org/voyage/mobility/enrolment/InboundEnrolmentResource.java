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
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.http.ListQuery;
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
            @QueryParam("college") @Nullable String college,
            @QueryParam("nationality") @Nullable String nationality,
            @QueryParam("level") @Nullable String level,
            @QueryParam("category") @Nullable String category,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("major") @Nullable String major,
            @BeanParam StartDateFilter started,
            @BeanParam ListQuery query) {
        SqlConditions where = new SqlConditions()
                .andIf("college = ?", MobilityCodes.parseCollege(college))
                .andIf("nationality = ?", MobilityCodes.parseForeignCountry("nationality", nationality))
                .andIf("level = ?", QueryParameters.parseEnum("level", level, InboundEnrolmentJson.LEVELS))
                .andIf("category = ?", QueryParameters.parseEnum("category", category, InboundEnrolmentJson.CATEGORIES))
                .andIf("outcome = ?", QueryParameters.parseEnum("outcome", outcome, InboundEnrolmentJson.OUTCOMES))
                .andIf("record ->> 'major' = ?", MobilityCodes.parseMajor(major));
        return endpoint.list(query, started.addTo(where));
    }
}
