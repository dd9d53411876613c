package org.voyage.kit.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.input.SourceId;

/** Resource of audited actions, some of which fail. */
@Path("/v1/deeds")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("deed")
public class AuditedDeedResource {
    private final Caller caller;
    private final AuditTrail audit;

    AuditedDeedResource(Caller caller, AuditTrail audit) {
        this.caller = caller;
        this.audit = audit;
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("province") String province, @PathParam("sourceId") String sourceId, JsonBody body) {
        Province its = Province.fromPath(province);
        caller.requireWriteAccess(its);
        SourceId id = SourceId.fromPath(sourceId);
        var in = body.fields();
        String name = in.readText("name", 100);
        in.readOptionalInteger("size", 0, 10);
        in.requireNoFindings();
        QuarkusTransaction.requiringNew().run(() -> {
            audit.appendEntries(AuditEntry.changed(
                    "deed", its, id.value(), List.of(new AuditChange(its + "/" + id, 1, "created"))));
            if (name.equals("fails")) {
                throw new IllegalStateException("after its entry");
            }
        });
        return Response.noContent().build();
    }

    @DELETE
    @Path("{province}/{sourceId}")
    public Response tooMany(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        return Response.status(429).build();
    }

    @GET
    @Path("{province}/{sourceId}/person")
    public Map<String, String> person(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        Province its = Province.fromPath(province);
        caller.requireReadAccess(its);
        audit.appendInOwnTransaction(
                AuditEntry.done("personal-read", "deed", its, sourceId, Map.of("fields", List.of("name"))));
        return Map.of("name", "somebody");
    }
}
