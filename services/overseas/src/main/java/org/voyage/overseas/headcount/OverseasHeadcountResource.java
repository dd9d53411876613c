package org.voyage.overseas.headcount;

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
import org.voyage.kit.web.Query;
import org.voyage.kit.web.SourceId;
import org.voyage.overseas.Reference;

/** Overseas headcounts over HTTP. */
@Path("/v1/overseas-headcounts")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-headcount")
@Tag(name = "overseas-headcounts", description = "境外办学人数")
public class OverseasHeadcountResource implements RecordOperations<OverseasHeadcount> {

    private final RecordEndpoint<OverseasHeadcount> endpoint;

    OverseasHeadcountResource(OverseasHeadcountService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, OverseasHeadcountService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<OverseasHeadcount> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("school") @Nullable String school,
            @QueryParam("year") @Nullable String year,
            @QueryParam("major") @Nullable String major,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("school = ?", Query.text("school", school, SourceId.MAX))
                .andIf("(record ->> 'year')::int = ?", Query.year("year", year))
                .andIf("record ->> 'major' = ?", Query.text("major", major, Reference.MAJOR_LENGTH));
        return endpoint.list(query, where);
    }
}
