package org.voyage.kit.record.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.voyage.kit.http.JsonBody;

/**
 * HTTP operations of a record type that has child records. {@code put} runs in a transaction of its own, on a worker
 * thread, because one write can also store the parked children.
 */
@Produces(MediaType.APPLICATION_JSON)
public interface ParentRecordRoutes<T> extends RecordRoutes<T> {

    @Override
    @PUT
    @Blocking
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "put{Record}", summary = "Create or correct {a record} / 新增或更正{记录}")
    default CompletionStage<Response> put(
            @PathParam("province") String province,
            @PathParam("sourceId") String sourceId,
            JsonBody body,
            @Context HttpHeaders headers) {
        return CompletableFuture.completedFuture(endpoint().put(province, sourceId, body, headers));
    }
}
