package org.voyage.standards.recognition;

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
import org.voyage.standards.StandardsCodes;

/** HTTP resource of recognitions. */
@Path("/v1/recognitions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("recognition")
@Tag(name = "recognitions", description = "标准采认")
public class RecognitionResource implements RecordRoutes<Recognition> {

    private final RecordRequestHandler<Recognition> endpoint;

    RecognitionResource(RecognitionService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, RecognitionService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<Recognition> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("standard") List<String> standard,
            @QueryParam("country") List<String> country,
            @QueryParam("level") List<String> level,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(RecognitionService.TYPE)
                .addKeys("standard", "standard", standard, SourceId.MAX_SOURCE_ID_LENGTH)
                .addCodes("country", "country", country, StandardsCodes.COUNTRIES)
                .addCodes("level", "level", level, RecognitionJson.RECOGNITION_LEVELS);
        return endpoint.list(query, filter.toConditions());
    }
}
