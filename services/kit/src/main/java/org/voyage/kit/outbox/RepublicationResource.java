package org.voyage.kit.outbox;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Role;
import org.voyage.kit.web.Headers;
import org.voyage.kit.web.Refusal;

/** Lets operators publish a record's whole state again. */
@Path("/v1/republications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "republications")
@IfBuildProperty(name = "voyage.republication.enabled", stringValue = "true", enableIfMissing = true)
public class RepublicationResource {

    private final Republication republication;
    private final Caller caller;

    RepublicationResource(Republication republication, Caller caller) {
        this.republication = republication;
        this.caller = caller;
    }

    @POST
    @Path("{record}")
    @Operation(
            operationId = "republish",
            summary = "Publish the newest state of every such record again, for a new reader / 重新发布全部记录")
    public Response republish(@PathParam("record") String record) {
        String actor = caller.clientId();
        if (!caller.is(Role.OPERATOR)) {
            throw new Refusal.Forbidden("Only an operator republishes.", "只有运维人员可以重新发布。");
        }
        Republication.Result result = republication.republish(record, actor).orElseThrow(Refusal.NotFound::new);
        return Response.ok(Map.of("record", record, "events", result.events()))
                .header(Headers.RECEIPT, result.receipt().text())
                .build();
    }
}
