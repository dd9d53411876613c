package org.voyage.overseas.training;

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
import org.voyage.kit.web.SourceId;

/** Overseas trainings over HTTP. */
@Path("/v1/overseas-trainings")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-training")
@Tag(name = "overseas-trainings", description = "境外培训")
public class OverseasTrainingResource implements RecordOperations<OverseasTraining> {

    private final RecordEndpoint<OverseasTraining> endpoint;

    OverseasTrainingResource(OverseasTrainingService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, OverseasTrainingService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<OverseasTraining> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("school") @Nullable String school,
            @BeanParam StartedQuery started,
            @BeanParam ListQuery query) {
        Conditions where = started.in(new Conditions().andIf("school = ?", Query.text("school", school, SourceId.MAX)));
        return endpoint.list(query, where);
    }
}
