package org.voyage.standards.recognition;

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
import org.voyage.standards.Reference;

/** Recognitions over HTTP. */
@Path("/v1/recognitions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("recognition")
@Tag(name = "recognitions", description = "标准采认")
public class RecognitionResource implements RecordOperations<Recognition> {

    private final RecordEndpoint<Recognition> endpoint;

    RecognitionResource(RecognitionService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, RecognitionService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<Recognition> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("standard") @Nullable String standard,
            @QueryParam("country") @Nullable String country,
            @QueryParam("level") @Nullable String level,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("standard = ?", Query.text("standard", standard, SourceId.MAX))
                .andIf("country = ?", Query.code("country", country, Reference.COUNTRIES))
                .andIf("level = ?", Query.wire("level", level, RecognitionJson.LEVELS));
        return endpoint.list(query, where);
    }
}
