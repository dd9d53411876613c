package org.voyage.feeds.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.feed.ScopedRecordReader;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.subscription.FeedResponses.CheckpointAnswer;
import org.voyage.feeds.subscription.FeedResponses.FeedStatusAnswer;
import org.voyage.feeds.subscription.FeedResponses.FeedTopicAnswer;
import org.voyage.feeds.subscription.FeedResponses.PreviewExample;
import org.voyage.feeds.subscription.FeedResponses.SnapshotAnswer;
import org.voyage.feeds.subscription.FeedResponses.VerificationAnswer;
import org.voyage.feeds.topic.FeedTopicConfig;
import org.voyage.feeds.topic.FeedTopicNames;
import org.voyage.feeds.topic.FeedTopicStore;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;

/** HTTP resource: how an alliance proves that its copy is complete, and makes a lost copy again. */
@Path("/v1/feeds/{feed}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Feed proofs",
        description = "Snapshot, comparison and status of a feed, with its last checkpoint / 订阅核对：快照、副本比对、状态与签名检查点")
@RunOnVirtualThread
public class FeedProofResource {

    private static final TextFormat POSITION = TextFormat.of(
            "feed-position",
            "[1-9][0-9]{0,8}-[0-9]{16}",
            "the id of an event, such as 1-0000000000000412",
            "事件编号，例如 1-0000000000000412");
    private static final TextFormat HASH = TextFormat.of(
            "chain-hash", "sha256:[0-9a-f]{64}", "\"sha256:\" and 64 hexadecimal digits", "以 sha256: 开头、后接 64 位十六进制数字");
    private static final int MAX_HASHES = 64;

    /** Position of the reader's copy, with the chain after it. */
    private record CopyHash(FeedPosition position, String chain) {}

    /** Position of a copy with its chain, for the OpenAPI document. */
    @Schema(name = "CopyPosition")
    record CopyHashBody(
            @Schema(required = true, pattern = "^[1-9][0-9]{0,8}-[0-9]{16}$", description = "id of an event / 事件编号")
            String position,

            @Schema(
                    required = true,
                    pattern = "^sha256:[0-9a-f]{64}$",
                    description = "attribute chain of this event / 该事件的 chain 值")
            String chain) {}

    /** Body of a comparison, for the OpenAPI document. */
    @Schema(name = "CopyHashes")
    record CopyHashesBody(
            @Schema(
                    required = true,
                    minItems = 1,
                    maxItems = MAX_HASHES,
                    description = "positions of the copy / 本地副本的位置")
            List<CopyHashBody> copies) {}

    private final FeedAccess access;
    private final FeedLogReader log;
    private final FeedEventStore events;
    private final ScopedRecordReader records;
    private final FeedStore feeds;
    private final FeedTopicStore topics;
    private final FeedTopicConfig topicConfig;
    private final CursorCodec cursors;
    private final ObjectMapper mapper;

    FeedProofResource(
            FeedAccess access,
            FeedLogReader log,
            FeedEventStore events,
            ScopedRecordReader records,
            FeedStore feeds,
            FeedTopicStore topics,
            FeedTopicConfig topicConfig,
            CursorCodec cursors,
            ObjectMapper mapper) {
        this.access = access;
        this.log = log;
        this.events = events;
        this.records = records;
        this.feeds = feeds;
        this.topics = topics;
        this.topicConfig = topicConfig;
        this.cursors = cursors;
        this.mapper = mapper;
    }

    @GET
    @Path("/snapshot")
    @CostCategory(RequestCost.LARGE)
    @Operation(
            operationId = "getFeedSnapshot",
            summary = "All records in scope / 获取范围内全部记录",
            description = "For a copy that was lost, at any time. Read all pages, then go on with the events after"
                    + " `position`. A page may hold the effect of such an event already; to apply it again is harmless."
                    + " / 副本丢失时可随时重新获取。读完全部分页后，从 position 之后的事件继续；"
                    + "个别事件的内容可能已包含在分页中，重复处理不影响结果。")
    public SnapshotAnswer snapshot(
            @PathParam("feed") @Parameter(description = FeedResource.ID_DESCRIPTION, example = FeedResource.ID_EXAMPLE)
                    String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Feed feed = access.requireOwnFeed(id);
        int size = QueryParameters.parseLimit(limit);
        String list = "snapshot " + feed.id();
        Cursor from = cursors.decode(list, 2, cursor);
        // Read before the records: what changes meanwhile is in the events after it.
        String position = from == null ? log.findHead(feed).text() : from.text(1);
        FeedScope scope = log.scopeOf(feed);
        List<String> held = records.readHeldIds(feed.id(), from == null ? "" : from.text(0), size + 1);
        List<String> shown = held.subList(0, Math.min(size, held.size()));
        return new SnapshotAnswer(
                position,
                records.readRecords(shown, scope).stream()
                        .map(each -> new PreviewExample(each.name(), each.state()))
                        .toList(),
                held.size() > size ? cursors.encode(list, shown.getLast(), position) : null);
    }

    @POST
    @Path("/verifications")
    @Operation(
            operationId = "verifyFeedCopy",
            summary = "Compare a copy / 比对副本",
            description =
                    "`copies` holds up to 64 positions of your copy, each with the attribute `chain` of the event there."
                            + " The answer has the last position at which both copies agree, and the first at which they"
                            + " differ. Send positions between these two to find the first event that differs."
                            + " / copies 填写本地副本的位置及各位置事件的 chain 值，最多 64 个。"
                            + "答复给出两份副本一致的最后位置和不一致的最先位置；在两者之间取位置继续比对，即可找到首个不一致的事件。")
    public VerificationAnswer verify(
            @PathParam("feed") @Parameter(description = FeedResource.ID_DESCRIPTION, example = FeedResource.ID_EXAMPLE)
                    String id,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = CopyHashesBody.class)))
                    JsonBody body) {
        Feed feed = access.requireOwnFeed(id);
        FieldReader fields = body.fields();
        List<CopyHash> copies =
                fields.readObjects("copies", List.of("position", "chain"), 1, MAX_HASHES, FeedProofResource::readCopy);
        fields.requireNoFindings();
        FeedPosition agrees = null;
        FeedPosition differs = null;
        for (CopyHash copy :
                copies.stream().sorted(Comparator.comparing(CopyHash::position)).toList()) {
            boolean isEqual = events.findChain(feed.id(), copy.position())
                    .map(HashChain::format)
                    .filter(copy.chain()::equals)
                    .isPresent();
            if (!isEqual) {
                differs = copy.position();
                break;
            }
            agrees = copy.position();
        }
        return new VerificationAnswer(
                differs == null, agrees == null ? null : agrees.text(), differs == null ? null : differs.text());
    }

    @GET
    @Path("/status")
    @Operation(
            operationId = "getFeedStatus",
            summary = "The status of a feed / 查询订阅状态",
            description = "The last event, the oldest kept event, the delay from the last change to its event, the"
                    + " cause of a running check of all records, whether grants open the feed, the last signed checkpoint,"
                    + " and the topics on Kafka. Earlier checkpoints are among the events."
                    + " / 返回末尾事件、仍保留的最早事件、最近一次变更转为事件的用时、正在全量重新核定范围的原因、授权是否有效、"
                    + "最近一个签名检查点，以及 Kafka 主题。更早的检查点见各事件。")
    public FeedStatusAnswer status(
            @PathParam("feed") @Parameter(description = FeedResource.ID_DESCRIPTION, example = FeedResource.ID_EXAMPLE)
                    String id) {
        Feed feed = access.requireVisibleFeed(id);
        Optional<FeedEventStore.StoredFeedEvent> newest = events.findNewest(feed.id());
        return new FeedStatusAnswer(
                FeedLogReader.findHead(feed, newest).text(),
                events.readAfter(feed.id(), feed.expired(), 1).stream()
                        .map(event -> event.position().text())
                        .findFirst()
                        .orElse(null),
                newest.map(it -> it.event().time()).orElse(null),
                newest.map(it -> Duration.between(it.event().time(), it.storedAt())
                                        .toMillis()
                                / 1000.0)
                        .orElse(null),
                feed.scanCause().orElse(null),
                log.findGrantState(feed),
                feeds.countHeld(feed.id()),
                events.findNewest(feed.id(), FeedEventKind.CHECKPOINT)
                        .map(this::toAnswer)
                        .orElse(null),
                feed.withKafka() ? toAnswer(feed) : null);
    }

    private FeedTopicAnswer toAnswer(Feed feed) {
        FeedTopicStore.TopicProgress progress = topics.findProgress(feed.id());
        return new FeedTopicAnswer(
                FeedTopicNames.topicOf(feed.alliance(), feed.id()),
                FeedTopicNames.stateTopicOf(feed.alliance(), feed.id()),
                topicConfig.address().orElse(null),
                FeedTopicNames.groupPrefixOf(feed.alliance()),
                progress.published().map(FeedPosition::text).orElse(null),
                progress.hasAllStates());
    }

    private static CopyHash readCopy(FieldReader in) {
        String position = in.readText("position", POSITION);
        String chain = in.readText("chain", HASH);
        return new CopyHash(FeedPosition.parse(position).orElse(new FeedPosition(1, 0)), chain);
    }

    private CheckpointAnswer toAnswer(FeedEvent event) {
        try {
            JsonNode data = mapper.readTree(event.body()).path("data");
            return new CheckpointAnswer(
                    event.position().text(),
                    data.path("epoch").asInt(),
                    data.path("sequence").asLong(),
                    data.path("count").asLong(),
                    data.path("chain").asText(),
                    data.path("time").asText(),
                    data.path("keyId").asText(),
                    data.path("signature").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the JSON that was stored", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
