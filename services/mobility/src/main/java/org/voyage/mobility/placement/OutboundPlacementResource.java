package org.voyage.mobility.placement;

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

/** HTTP resource of outbound placements. */
@Path("/v1/outbound-placements")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("outbound-placement")
@Tag(name = "outbound-placements", description = "学生出国（境）实习研修")
public class OutboundPlacementResource implements RecordRoutes<OutboundPlacement> {

    private final RecordRequestHandler<OutboundPlacement> endpoint;

    OutboundPlacementResource(OutboundPlacementService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, OutboundPlacementService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<OutboundPlacement> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") List<String> college,
            @QueryParam("hostCountry") List<String> hostCountry,
            @QueryParam("purpose") List<String> purpose,
            @BeanParam StartDateFilter started,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(OutboundPlacementService.TYPE)
                .addTexts("college", "college", college, MobilityCodes.COLLEGE_CODE_LENGTH)
                .addCodes("hostCountry", "host_country", hostCountry, MobilityCodes.FOREIGN_COUNTRIES)
                .addCodes("purpose", "purpose", purpose, OutboundPlacementJson.PURPOSES);
        return endpoint.list(query, started.addTo(filter.toConditions()));
    }
}
