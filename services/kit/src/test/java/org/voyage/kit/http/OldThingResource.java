package org.voyage.kit.http;

import jakarta.ws.rs.Path;
import org.voyage.kit.record.http.RecordEndpoint;
import org.voyage.kit.record.http.RecordOperations;

/** Resource with shared operations only, all of them past their sunset. */
@Path("/v1/old-things")
@Deprecation(since = "2020-01-01", sunset = "2021-01-01", successor = "/v2/things")
public class OldThingResource implements RecordOperations<String> {

    @Override
    public RecordEndpoint<String> endpoint() {
        throw new IllegalStateException("refused before");
    }
}
