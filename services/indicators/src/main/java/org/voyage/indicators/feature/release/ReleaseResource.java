package org.voyage.indicators.feature.release;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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
@Tag(name = "Releases", description = "Figures of persons as alliances and the public see them.")
@AuditedRecord(ReleaseService.AUDIT_RECORD)
@RunOnVirtualThread
public class ReleaseResource {

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
    @Operation(operationId = "listReleases", summary = "Releases, the newest first")
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
            summary = "Release the figures of persons",
            description =
                    "Every settled year that was never released, and those whose total has moved by 10 persons and"
                            + " 1 percent or more, as they are now. A release cannot be taken back: see first that the years are"
                            + " complete. With `dryRun` it says which years would be released, and stores nothing.")
    public ReleaseResponses.ReleaseMadeAnswer release(
            @QueryParam("dryRun")
                    @Parameter(
                            description = "say only what would be released",
                            example = "true",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String dryRun) {
        String by = accessPolicy.requireOperator("Only an operator releases figures.", "只有运行人员可以发布统计数据。");
        accessPolicy.requireFiguresReady();
        try {
            return ReleaseResponses.ReleaseMadeAnswer.of(
                    QueryParameters.parseFlag("dryRun", dryRun, false)
                            ? releases.rehearseRelease()
                            : releases.createRelease(by));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }
}
