package org.voyage.kit.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.bulk.format.BatchFormat;

/** Resource of guests, who have names and passports. */
@Path("/v1/guests")
public class GuestResource {
    private final BatchUploadHandler bulk;

    GuestResource(BatchUploadHandler bulk) {
        this.bulk = bulk;
    }

    @POST
    @Path("/batches")
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    public Response batch(
            @QueryParam("dryRun") @Nullable String dryRun, @Context HttpHeaders headers, InputStream body) {
        return bulk.post("guest", headers, null, dryRun, null, body);
    }
}
