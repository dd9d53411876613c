package org.voyage.kit.record.http;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Role;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.outbox.Republisher;
import org.voyage.kit.problem.Refusal;

/** HTTP resource with which operators publish a record's whole state again. */
@Path("/v1/republications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "republications", description = "重新发布")
public class RepublicationResource {

    private final Republisher republication;
    private final Caller caller;

    RepublicationResource(Republisher republication, Caller caller) {
        this.republication = republication;
        this.caller = caller;
    }

    /** Number of events of one record type. */
    @Schema(name = "Republication")
    record RepublicationResponse(String record, long events) {}

    /**
     * Numbers of events of all record types.
     *
     * @param records number of events by record type
     */
    @Schema(name = "Republications")
    record AllRepublicationsResponse(Map<String, Long> records, long events) {}

    @POST
    @Operation(
            operationId = "republishAll",
            summary = "Publish the newest state of every record of this service again, for a new reader / 重新发布本服务全部记录")
    @APIResponse(
            responseCode = "200",
            description = "What was published / 发布结果",
            headers = @Header(name = Receipt.HEADER, schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = AllRepublicationsResponse.class)))
    public Response republishAll() {
        Map<String, Long> events = new LinkedHashMap<>();
        Receipt receipt = Receipt.EMPTY;
        for (Map.Entry<String, Republisher.RepublicationResult> record :
                republication.republishAll(requireOperator()).entrySet()) {
            events.put(record.getKey(), record.getValue().events());
            receipt = receipt.plus(record.getValue().receipt());
        }
        return toResponse(
                new AllRepublicationsResponse(
                        events,
                        events.values().stream().mapToLong(Long::longValue).sum()),
                receipt);
    }

    @POST
    @Path("{record}")
    @Operation(
            operationId = "republish",
            summary = "Publish the newest state of every such record again, for a new reader / 重新发布全部记录")
    @APIResponse(
            responseCode = "200",
            description = "What was published / 发布结果",
            headers = @Header(name = Receipt.HEADER, schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = RepublicationResponse.class)))
    public Response republish(@PathParam("record") String record) {
        Republisher.RepublicationResult result =
                republication.republishRecord(record, requireOperator()).orElseThrow(Refusal.NotFound::new);
        return toResponse(new RepublicationResponse(record, result.events()), result.receipt());
    }

    private static Response toResponse(Record body, Receipt receipt) {
        return Response.ok(body).header(Receipt.HEADER, receipt.text()).build();
    }

    private String requireOperator() {
        String actor = caller.clientId();
        if (!caller.hasRole(Role.OPERATOR)) {
            throw new Refusal.Forbidden("Only an operator republishes.", "只有运维人员可以重新发布。");
        }
        return actor;
    }
}
