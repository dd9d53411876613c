package org.voyage.standards.credential;

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
import org.voyage.standards.Reference;

/** Recognitions of credentials over HTTP. */
@Path("/v1/credential-recognitions")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("credential-recognition")
@Tag(name = "credential-recognitions", description = "学分/证书互认")
public class CredentialRecognitionResource implements RecordOperations<CredentialRecognition> {

    private final RecordEndpoint<CredentialRecognition> endpoint;

    CredentialRecognitionResource(CredentialRecognitionService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, CredentialRecognitionService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<CredentialRecognition> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("college") @Nullable String college,
            @QueryParam("country") @Nullable String country,
            @QueryParam("delivery") @Nullable String delivery,
            @QueryParam("decision") @Nullable String decision,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("college = ?", Query.text("college", college, Reference.LONGEST_CODE))
                .andIf("country = ?", Query.code("country", country, Reference.ABROAD))
                .andIf("delivery = ?", Query.wire("delivery", delivery, CredentialRecognitionJson.DELIVERIES))
                .andIf("decision = ?", Query.wire("decision", decision, CredentialRecognitionJson.DECISIONS));
        return endpoint.list(query, where);
    }
}
