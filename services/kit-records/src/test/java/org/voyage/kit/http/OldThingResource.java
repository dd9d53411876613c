package org.voyage.kit.http;

import jakarta.ws.rs.Path;
import org.voyage.kit.record.http.RecordRequestHandler;
import org.voyage.kit.record.http.RecordRoutes;

/** Resource with shared operations only, all of them past their sunset. */
@Path("/v1/old-things")
@Deprecation(since = "2020-01-01", sunset = "2021-01-01", successor = "/v2/things")
public class OldThingResource implements RecordRoutes<String> {

    @Override
    public RecordRequestHandler<String> endpoint() {
        throw new IllegalStateException("refused before");
    }
}
