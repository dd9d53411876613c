package org.voyage.indicators.feature.release;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: releases of the figures of persons, for operators. */
@Path("/v1/releases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Releases", description = "Figures of persons as alliances and the public see them. / 对外发布：联盟和公众所见的涉及人数指标")
@AuditedRecord(ReleaseService.AUDIT_RECORD)
@RunOnVirtualThread
public class ReleaseResource {

    static final String ALLOW_UNLOCKED_PARAMETER = "allowUnlocked";
    private static final String CURSOR_LIST = "releases";

    private final ReleaseService releases;
    private final ReleaseStore store;
    private final FigureAccessPolicy accessPolicy;
    private final CursorCodec cursors;

    ReleaseResource(ReleaseService releases, ReleaseStore store, FigureAccessPolicy accessPolicy, CursorCodec cursors) {
        this.releases = releases;
        this.store = store;
        this.accessPolicy = accessPolicy;
        this.cursors = cursors;
    }

    @GET
    @Operation(operationId = "listReleases", summary = "Releases, the newest first / 查询历次对外发布，新的在前")
    public ReleaseResponses.ReleasesAnswer list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        accessPolicy.requireOperatorOrAuditor();
        int size = QueryParameters.parseLimit(limit);
        Cursor from = cursors.decode(CURSOR_LIST, 1, cursor);
        try {
            List<FigureRelease> found = store.findNewest(from == null ? Long.MAX_VALUE : from.integer(0), size + 1);
            List<FigureRelease> shown = found.subList(0, Math.min(size, found.size()));
            return new ReleaseResponses.ReleasesAnswer(
                    shown.stream().map(ReleaseResponses.ReleaseItem::of).toList(),
                    found.size() > size
                            ? cursors.encode(CURSOR_LIST, shown.getLast().number())
                            : null);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    @POST
    @Operation(
            operationId = "makeRelease",
            summary = "Release the figures of persons / 对外发布涉及人数的指标",
            description =
                    "Releases every settled year that was never released, with its numbers of today. Also each year"
                            + " whose total has moved by 10 persons and 1 percent or more. With `dryRun` the answer names the"
                            + " years with their released and new values, and nothing is stored. A release cannot be taken"
                            + " back: with years that some expected province has not locked it is refused with 409, and needs"
                            + " `allowUnlocked`. Scheduled releases take locked years only. / "
                            + "发布此前未发布的已完成年度，以及总数变动达 10 人且 1% 以上的年度，均按现有数据。`dryRun` 时列出将发"
                            + "布的年度及其原公布数和新数，不保存。发布不可撤回：含有尚未由全部应报省份锁定的年度时返回 409，须以"
                            + "`allowUnlocked` 再次确认。定时发布只发布已锁定的年度。")
    public ReleaseResponses.ReleaseMadeAnswer release(
            @QueryParam("dryRun")
                    @Parameter(
                            description = "only list what would be released / 只列出将发布的内容",
                            example = "true",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String dryRun,
            @QueryParam(ALLOW_UNLOCKED_PARAMETER)
                    @Parameter(
                            description =
                                    "confirms that years are released that some expected province has not locked / "
                                            + "确认发布尚未由全部应报省份锁定的年度",
                            example = "true",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String allowUnlocked) {
        String by = accessPolicy.requireOperator("Only an operator releases figures.", "只有运行人员可以发布统计数据。");
        boolean rehearses = QueryParameters.parseFlag("dryRun", dryRun, false);
        boolean allowsUnlocked = QueryParameters.parseFlag(ALLOW_UNLOCKED_PARAMETER, allowUnlocked, false);
        accessPolicy.requireFiguresReady();
        try {
            return ReleaseResponses.ReleaseMadeAnswer.of(
                    rehearses ? releases.rehearseRelease() : releases.createRelease(by, allowsUnlocked));
        } catch (DatabaseException | KafkaException e) {
            throw new Refusal.Unavailable(5);
        }
    }
}
