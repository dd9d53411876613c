package org.voyage.feeds.assigner;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.alliance.AllianceCaller;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.deadletter.DeadLetterQuery;
import org.voyage.kit.deadletter.DeadLetterQuery.DeadLetterCodes;
import org.voyage.kit.deadletter.DeadLettersAnswer;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.log.LogTopics;

/** HTTP resource of the events of records that the feeds could not read, for operators and auditors. */
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alliances")
@RunOnVirtualThread
public class FeedDeadLetterResource {

    private final JdbcClient database;
    private final AllianceCaller caller;
    private final CursorCodec cursors;
    private final DeadLetterCodes codes;

    FeedDeadLetterResource(DataSource dataSource, AllianceCaller caller, CursorCodec cursors, LogTopics topics) {
        this.database = new JdbcClient(dataSource);
        this.caller = caller;
        this.cursors = cursors;
        Set<String> names = new TreeSet<>(topics.names());
        this.codes =
                new DeadLetterCodes(CodeSet.of("topic", names), CodeSet.of("record", new TreeSet<>(topics.records())));
    }

    @GET
    @Operation(
            operationId = "listDeadLetters",
            summary = "Dead letters / 查询死信",
            description =
                    "The newest first. Feeds show the older state of a record until a later event of it is read. Each start of the"
                            + " assigner reads dead letters again, so a version that understands them heals them."
                            + " / 新的在前。读到同一记录的后续事件之前，订阅中仍为原状态。服务每次启动时重新读取死信，新版本能够识别的自动补读。")
    public DeadLettersAnswer list(
            @QueryParam("topic")
                    @Parameter(
                            example = "overseas.overseas-school",
                            description = "absent: all that are read / 主题；不填的为读取的全部主题")
                    @Nullable
                    String topic,
            @QueryParam("record")
                    @Parameter(example = "overseas-school", description = "record type; absent: all / 记录类型；不填的为全部")
                    @Nullable
                    String record,
            @QueryParam("healed")
                    @Parameter(
                            example = "false",
                            description =
                                    "false: those whose older state is still shown; absent: both / false：仍为原状态的；不填的为全部")
                    @Nullable
                    String healed,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireStaff();
        DeadLetterQuery query = DeadLetterQuery.parse(topic, record, healed, limit, cursor, codes, cursors);
        return query.toPage(FeedDeadLetters.findNewest(database, query), cursors);
    }
}
