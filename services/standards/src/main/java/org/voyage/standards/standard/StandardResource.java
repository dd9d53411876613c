package org.voyage.standards.standard;

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
import org.voyage.kit.record.ParentRecordOperations;
import org.voyage.kit.record.RecordEndpoint;
import org.voyage.kit.record.RecordRequest;
import org.voyage.kit.web.Query;

/** Standards over HTTP. */
@Path("/v1/standards")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("standard")
@Tag(name = "standards", description = "标准")
public class StandardResource implements ParentRecordOperations<Standard> {

    private final RecordEndpoint<Standard> endpoint;

    StandardResource(StandardService service, RecordRequest request, BulkRun bulk) {
        this.endpoint = new RecordEndpoint<>(service, StandardService.TYPE, request, bulk);
    }

    @Override
    public RecordEndpoint<Standard> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("field") @Nullable String field,
            @BeanParam ListQuery query) {
        Conditions where = new Conditions()
                .andIf("kind = ?", Query.wire("kind", kind, StandardJson.KINDS))
                .andIf("field = ?", Query.code("field", field, StandardJson.FIELDS));
        return endpoint.list(query, where);
    }
}
