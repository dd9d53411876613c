package org.voyage.standards.credential;

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
import org.voyage.standards.StandardsCodes;

/** HTTP resource of credential recognitions. */
@Path("/v1/credential-recognitions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("credential-recognition")
@Tag(name = "credential-recognitions", description = "学分/证书互认")
public class CredentialRecognitionResource implements RecordRoutes<CredentialRecognition> {

    private final RecordRequestHandler<CredentialRecognition> endpoint;

    CredentialRecognitionResource(
            CredentialRecognitionService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, CredentialRecognitionService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<CredentialRecognition> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") List<String> college,
            @QueryParam("country") List<String> country,
            @QueryParam("delivery") List<String> delivery,
            @QueryParam("decision") List<String> decision,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(CredentialRecognitionService.TYPE)
                .addTexts("college", "college", college, StandardsCodes.MAX_CODE_LENGTH)
                .addCodes("country", "country", country, StandardsCodes.FOREIGN_COUNTRIES)
                .addCodes("delivery", "delivery", delivery, CredentialRecognitionJson.DELIVERIES)
                .addCodes("decision", "decision", decision, CredentialRecognitionJson.DECISIONS);
        return endpoint.list(query, filter.toConditions());
    }
}
