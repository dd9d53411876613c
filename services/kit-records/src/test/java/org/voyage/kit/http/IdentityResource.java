package org.voyage.kit.http;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.TreeSet;

/** Resource that returns the identity of its caller. */
@Path("/v1/identity")
public class IdentityResource {

    private final SecurityIdentity identity;

    IdentityResource(SecurityIdentity identity) {
        this.identity = identity;
    }

    @GET
    public Map<String, Object> get() {
        return Map.of(
                "name",
                identity.getPrincipal().getName(),
                "roles",
                new TreeSet<>(identity.getRoles()),
                "remembered",
                identity.getAttribute("voyage-remembered") != null);
    }
}
