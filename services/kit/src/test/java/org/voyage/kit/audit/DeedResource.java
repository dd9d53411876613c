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
import org.voyage.kit.web.JsonBody;
import org.voyage.kit.web.SourceId;

/** Deeds that leave an entry, and some that do not go through. */
@Path("/v1/deeds")
@Produces(MediaType.APPLICATION_JSON)
@AuditedRecord("deed")
public class DeedResource {
    private final Caller caller;
    private final Audit audit;

    DeedResource(Caller caller, Audit audit) {
        this.caller = caller;
        this.audit = audit;
    }

    @PUT
    @Path("{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("province") String province, @PathParam("sourceId") String sourceId, JsonBody body) {
        Province its = Province.inPath(province);
        caller.writes(its);
        SourceId id = SourceId.inPath(sourceId);
        var in = body.fields();
        String name = in.text("name", 100);
        in.optionalInteger("size", 0, 10);
        in.finish();
        QuarkusTransaction.requiringNew().run(() -> {
            audit.append(AuditEntry.changed(
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
        Province its = Province.inPath(province);
        caller.reads(its);
        audit.note(AuditEntry.done("personal-read", "deed", its, sourceId, Map.of("fields", List.of("name"))));
        return Map.of("name", "somebody");
    }
}
