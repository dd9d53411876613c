package org.voyage.indicators.feature.verification.rebuild;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: rebuilds of the live figures from the log, while the old ones serve. */
@Path("/v1/rebuilds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rebuilds", description = "New live figures, counted from the log while the old ones serve.")
@AuditedRecord(RebuildService.AUDIT_RECORD)
@RunOnVirtualThread
public class RebuildResource {

    private final RebuildService rebuilds;
    private final LiveFiguresUpdater live;
    private final FigureAccessPolicy accessPolicy;

    RebuildResource(RebuildService rebuilds, LiveFiguresUpdater live, FigureAccessPolicy accessPolicy) {
        this.rebuilds = rebuilds;
        this.live = live;
        this.accessPolicy = accessPolicy;
    }

    @POST
    @Operation(
            operationId = "startRebuild",
            summary = "Rebuild the live figures",
            description =
                    "Reads the log from its beginning, verifies the new figures against evidence and published events at one"
                            + " position, and lets them take the place of the old ones in one step. With"
                            + " `evidence=true` the evidence is read again as well, proved together with them, and"
                            + " replaces what the evidence holds up to that position; dead letters that"
                            + " can be read now are in it. Location says how far it is."
                            + " Figures are answered meanwhile. One runs at a time.")
    @APIResponse(
            responseCode = "202",
            description = "Begun",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = RebuildResponse.class)))
    public Response startRebuild(
            @QueryParam("evidence")
                    @Parameter(
                            description = "true: the evidence is read again too, and replaces the one that serves",
                            example = "true")
                    @Nullable
                    String evidence) {
        String by = accessPolicy.requireOperator("Only an operator rebuilds figures.", "只有运行人员可以重建统计。");
        boolean withEvidence = QueryParameters.parseFlag("evidence", evidence, false);
        if (!live.hasCaughtUp()) {
            throw new Refusal.Unavailable(2);
        }
        RebuildProgress rebuild = rebuilds.beginRebuild(by, withEvidence)
                .orElseThrow(() -> new Refusal.Conflict("A rebuild is running already.", "已有一次重建正在进行。"));
        return Response.accepted(RebuildResponse.of(rebuild))
                .location(URI.create("/v1/rebuilds/" + rebuild.begun().id()))
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getRebuild",
            summary = "How far a rebuild is",
            description = "The last one is remembered until the service stops.")
    public RebuildResponse getRebuild(
            @PathParam("id")
                    @Parameter(
                            description = "of the rebuild, from Location",
                            example = "5d1c2e7a-6a1d-4a39-9b7e-0d2d6f0a1c11")
                    String id) {
        accessPolicy.requireOperatorOrAuditor();
        try {
            return rebuilds.findRebuild(UUID.fromString(id)).orElseThrow(Refusal.NotFound::new);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound();
        }
    }
}
