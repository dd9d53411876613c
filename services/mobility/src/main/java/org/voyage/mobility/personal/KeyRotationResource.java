package org.voyage.mobility.personal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Role;
import org.voyage.kit.guard.RequestId;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of the rotation of personal data to the primary keys. */
@Path("/v1/personal-data/rotation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "personal-data", description = "个人信息")
public class KeyRotationResource {

    private static final String EXAMPLE = """
            {"state": "running", "primary": 2, "pseudonymPrimary": 1, "startedBy": "privacy-officer",
             "startedAt": "2026-03-01T02:03:04.567891Z", "total": 120000, "done": 35500, "unreadable": 0, "remaining": 84500}""";

    private final Caller caller;
    private final RequestId requestId;
    private final KeyRotation rotation;

    KeyRotationResource(Caller caller, RequestId requestId, KeyRotation rotation) {
        this.caller = caller;
        this.requestId = requestId;
        this.rotation = rotation;
    }

    @POST
    @Operation(
            operationId = "startRotation",
            summary = "Encrypt everything with the primary key, in the background / 以主密钥重新加密全部个人信息")
    @APIResponse(
            responseCode = "202",
            description = "It goes on; Location shows how far it is / 已开始",
            content = @Content(schema = @Schema(implementation = RotationProgress.class), example = EXAMPLE))
    public Response start() {
        requireOfficer();
        return Response.accepted(rotation.startRotation(caller.clientId(), requestId.value()))
                .location(URI.create("/v1/personal-data/rotation"))
                .build();
    }

    @GET
    @Operation(operationId = "getRotation", summary = "How far the last rotation of keys is / 密钥轮换进度")
    @APIResponse(
            responseCode = "200",
            description = "As it is now / 当前进度",
            content = @Content(schema = @Schema(implementation = RotationProgress.class), example = EXAMPLE))
    public RotationProgress progress() {
        requireOfficer();
        return rotation.findProgress().orElseThrow(Refusal.NotFound::new);
    }

    private void requireOfficer() {
        caller.clientId();
        if (!caller.hasRole(Role.PRIVACY_OFFICER)) {
            throw new Refusal.Forbidden("Only a privacy officer looks after keys.", "只有个人信息保护负责人可以管理密钥。");
        }
    }
}
