package org.voyage.mobility.placement;

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

/** Outbound placements over HTTP. */
@Path("/v1/outbound-placements")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("outbound-placement")
@Tag(name = "outbound-placements", description = "学生出国（境）实习研修")
public class OutboundPlacementResource implements RecordOperations<OutboundPlacement> {

    private final RecordEndpoint<OutboundPlacement> endpoint;

    OutboundPlacementResource(OutboundPlacementService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, OutboundPlacementService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<OutboundPlacement> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("hostCountry") @Nullable String hostCountry,
            @QueryParam("purpose") @Nullable String purpose,
            @BeanParam StartedQuery started,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.COLLEGE_LENGTH))
                .andIf("host_country = ?", Query.code("hostCountry", hostCountry, Reference.ABROAD))
                .andIf("purpose = ?", Query.wire("purpose", purpose, OutboundPlacementJson.PURPOSES));
        return endpoint.list(query, started.in(where));
    }
}
