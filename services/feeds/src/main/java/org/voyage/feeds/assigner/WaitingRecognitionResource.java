package org.voyage.feeds.assigner;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.alliance.AllianceCaller;
import org.voyage.feeds.assigner.WaitingRecognitionStore.WaitingRecognition;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;

/** HTTP resource of the recognitions that wait for their standard, for operators. */
@Path("/v1/waiting-recognitions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alliances")
@RunOnVirtualThread
public class WaitingRecognitionResource {

    private static final String LIST_NAME = "waiting-recognitions";

    private final JdbcClient database;
    private final AllianceCaller caller;
    private final AssignerConfig config;
    private final CursorCodec cursors;
    private final Clock clock;

    WaitingRecognitionResource(
            DataSource dataSource, AllianceCaller caller, AssignerConfig config, CursorCodec cursors, Clock clock) {
        this.database = new JdbcClient(dataSource);
        this.caller = caller;
        this.config = config;
        this.cursors = cursors;
        this.clock = clock;
    }

    @Schema(name = "WaitingRecognition")
    public record WaitingRecognitionAnswer(
            @Schema(description = "province of both records / 采认与标准所属省级代码", examples = "12")
            String province,

            @Schema(description = "number of the recognition at its bureau / 采认编号", examples = "AD-2023-07")
            String sourceId,

            @Schema(description = "number of the standard that is missing / 所缺标准的编号", examples = "STD-460301")
            String standard,

            @Schema(description = "when the wait was noticed / 发现等待的时间")
            Instant waitingSince,

            @Schema(description = "true: it waits for longer than the setting / 是否已超过设定的等待时长")
            boolean overdue) {}

    @Schema(name = "WaitingRecognitions")
    public record WaitingRecognitionsAnswer(
            List<WaitingRecognitionAnswer> items,

            @Schema(description = "cursor of the next page; null on the last / 下一页游标，末页为 null") @Nullable
            String next) {}

    @GET
    @Operation(
            operationId = "listWaitingRecognitions",
            summary = "Recognitions that wait for their standard / 查询等待标准的采认",
            description = "The oldest first. Feeds report them as soon as their standard is known, however"
                    + " late."
                    + " / 按等待时间从长到短排列。所属标准到达之前，任何订阅都不推送这些采认；标准到达后自动推送，不论早晚。")
    public WaitingRecognitionsAnswer list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        caller.requireStaff();
        int size = QueryParameters.parseLimit(limit);
        Cursor from = cursors.decode(LIST_NAME, 2, cursor);
        List<WaitingRecognition> found = WaitingRecognitionStore.findAll(
                database,
                from == null ? Instant.EPOCH : Instant.parse(from.text(0)),
                from == null ? "" : from.text(1),
                size + 1);
        List<WaitingRecognition> shown = found.subList(0, Math.min(size, found.size()));
        Instant overdue = clock.instant().minus(config.assigner().maxWait());
        return new WaitingRecognitionsAnswer(
                shown.stream()
                        .map(each -> new WaitingRecognitionAnswer(
                                each.province(),
                                each.sourceId(),
                                each.standard(),
                                each.since(),
                                !each.since().isAfter(overdue)))
                        .toList(),
                found.size() > size
                        ? cursors.encode(
                                LIST_NAME,
                                shown.getLast().since().toString(),
                                shown.getLast().outsideId())
                        : null);
    }
}
