package org.voyage.indicators.query.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.deadletter.DeadLetterStore;
import org.voyage.indicators.fact.SubmissionTopics;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.deadletter.DeadLetter;
import org.voyage.kit.deadletter.DeadLetterQuery;
import org.voyage.kit.deadletter.DeadLetterQuery.DeadLetterCodes;
import org.voyage.kit.deadletter.DeadLettersAnswer;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of the dead letters, for operators and auditors of the platform. */
@Path("/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operation", description = "Events that the service could not read / 运行维护")
@RunOnVirtualThread
public class DeadLetterResource {

    private final DeadLetterStore deadLetters;
    private final LiveFigures live;
    private final FigureAccessPolicy accessPolicy;
    private final CursorCodec cursors;
    private final LogTopics submissions;
    private final DeadLetterCodes codes;

    DeadLetterResource(
            DeadLetterStore deadLetters,
            LiveFigures live,
            FigureAccessPolicy accessPolicy,
            CursorCodec cursors,
            LogTopics counted) {
        this.deadLetters = deadLetters;
        this.live = live;
        this.accessPolicy = accessPolicy;
        this.cursors = cursors;
        this.submissions = SubmissionTopics.of(counted);
        this.codes = new DeadLetterCodes(
                codeSet("topic", counted.names(), submissions.names()),
                codeSet("record", counted.records(), submissions.records()));
    }

    private static CodeSet<String> codeSet(String noun, Collection<String> some, Collection<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return CodeSet.of(noun, all);
    }

    @GET
    @Operation(
            operationId = "listDeadLetters",
            summary = "Dead letters / 查询死信",
            description =
                    "The newest first. The older state of a key counts until a later event of the key is read: a newer"
                            + " version, or the newest one republished. / "
                            + "新的在前。读到同一记录的后续事件（新版本，或重新发布的最新版本）之前，按原状态计入。")
    public DeadLettersAnswer list(
            @QueryParam("topic")
                    @Parameter(
                            example = "overseas.overseas-school",
                            description = "absent: all that are read / 主题；不填的为读取的全部主题")
                    @Nullable
                    String topic,
            @QueryParam("record")
                    @Parameter(
                            example = "overseas-school",
                            description =
                                    "record type, or batch, outstanding or year-close, of every service; absent: all / "
                                            + "各项业务的记录类型，或 batch、outstanding、year-close；不填的为全部")
                    @Nullable
                    String record,
            @QueryParam("healed")
                    @Parameter(
                            example = "false",
                            description =
                                    "false: those whose older state still counts; absent: both / false：仍按原状态计入的；不填的为全部")
                    @Nullable
                    String healed,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        accessPolicy.requireOperatorOrAuditor();
        DeadLetterQuery query = DeadLetterQuery.parse(topic, record, healed, limit, cursor, codes, cursors);
        try {
            return query.toPage(findDeadLetters(query), cursors);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /**
     * Finds dead letters. It reads the positions before the unreadable keys, so that a key that becomes unreadable in
     * between is not reported as healed.
     */
    private List<DeadLetter> findDeadLetters(DeadLetterQuery query) {
        Map<TopicPartition, Long> followed =
                live.readView(view -> view.positions().nextOffsets());
        return deadLetters.findNewest(query, submissions.records(), live.staleKeys(), followed);
    }
}
