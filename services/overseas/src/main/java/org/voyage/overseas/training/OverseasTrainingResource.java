package org.voyage.overseas.training;

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
import org.voyage.kit.input.SourceId;
import org.voyage.kit.record.http.ListQuery;
import org.voyage.kit.record.http.RecordListFilter;
import org.voyage.kit.record.http.RecordRequest;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.kit.record.http.RecordRoutes;
import org.voyage.kit.record.http.StartDateFilter;

/** HTTP resource of overseas trainings. */
@Path("/v1/overseas-trainings")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("overseas-training")
@Tag(name = "overseas-trainings", description = "境外办学企业员工培训")
public class OverseasTrainingResource implements RecordRoutes<OverseasTraining> {

    private final RecordRequestHandler<OverseasTraining> endpoint;

    OverseasTrainingResource(OverseasTrainingService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, OverseasTrainingService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<OverseasTraining> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("school") List<String> school, @BeanParam StartDateFilter started, @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(OverseasTrainingService.TYPE)
                .addKeys("school", "school", school, SourceId.MAX_SOURCE_ID_LENGTH);
        return endpoint.list(query, started.addTo(filter.toConditions()));
    }
}
