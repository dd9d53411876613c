package org.voyage.standards.standard;

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

/** HTTP resource of standards. */
@Path("/v1/standards")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("standard")
@Tag(name = "standards", description = "标准")
public class StandardResource implements RecordRoutes<Standard> {

    private final RecordRequestHandler<Standard> endpoint;

    StandardResource(StandardService service, RecordRequest request, BatchUploadHandler bulk) {
        this.endpoint = new RecordRequestHandler<>(service, StandardService.TYPE, request, bulk);
    }

    @Override
    public RecordRequestHandler<Standard> endpoint() {
        return endpoint;
    }

    @GET
    public Response list(
            @QueryParam("kind") List<String> kind,
            @QueryParam("field") List<String> field,
            @BeanParam ListQuery query) {
        RecordListFilter filter = new RecordListFilter(StandardService.TYPE)
                .addCodes("kind", "kind", kind, StandardJson.STANDARD_KINDS)
                .addCodes("field", "field", field, StandardJson.FIELDS);
        return endpoint.list(query, filter.toConditions());
    }
}
