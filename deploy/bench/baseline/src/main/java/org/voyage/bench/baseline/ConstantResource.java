package org.voyage.bench.baseline;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** HTTP resource that answers the text of the last PUT. */
@Path("/constant")
public class ConstantResource {

    private static volatile String answer = "{}";

    @PUT
    public void put(String text) {
        answer = text;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        return answer;
    }
}
