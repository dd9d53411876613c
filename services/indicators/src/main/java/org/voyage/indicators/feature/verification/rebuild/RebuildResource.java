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
@Tag(
        name = "Rebuilds",
        description = "New live figures, counted from the log while the old ones serve / " + "指标重建：由日志重新计算，其间原指标照常提供查询")
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
            summary = "Rebuild the live figures / 重建实时指标",
            description =
                    "Reads the log from its beginning, and verifies the new figures against evidence and published"
                            + " events at one position. Then it replaces the old ones in one step. With `evidence=true` the"
                            + " evidence is read again too. It is proved together with the figures, replaces the old evidence up"
                            + " to that position, and contains the dead letters that can be read now. Location shows the"
                            + " progress. Queries are answered meanwhile. One rebuild runs at a time. / "
                            + "从头读取日志，在同一位置将新指标与证据库和已发布事件核验，然后一次性替换原指标。`evidence=true` 时"
                            + "同时重建证据库：与新指标一并核验后替换该位置之前的证据库，并补入现可读取的死信。进度见 Location。"
                            + "其间照常提供查询，同一时间只进行一次重建。")
    @APIResponse(
            responseCode = "202",
            description = "Begun / 已开始",
            headers = @Header(name = "Location", schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = RebuildResponse.class)))
    public Response startRebuild(
            @QueryParam("evidence")
                    @Parameter(
                            description = "true: the evidence is read again too, and replaces the one that serves / "
                                    + "true：同时重建证据库并替换在用的证据库",
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
            summary = "Progress of a rebuild / 查询重建进度",
            description = "The last one is remembered until the service stops. / 最近一次重建的状态保留到服务停止。")
    public RebuildResponse getRebuild(
            @PathParam("id")
                    @Parameter(
                            description = "of the rebuild, from Location / 重建编号，见 Location",
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
