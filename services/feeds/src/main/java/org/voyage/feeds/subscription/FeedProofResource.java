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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEvent;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.scope.FeedScope;
import org.voyage.feeds.subscription.FeedResponses.CheckpointAnswer;
import org.voyage.feeds.subscription.FeedResponses.CheckpointsAnswer;
import org.voyage.feeds.subscription.FeedResponses.FeedStatusAnswer;
import org.voyage.feeds.subscription.FeedResponses.PreviewExample;
import org.voyage.feeds.subscription.FeedResponses.SnapshotAnswer;
import org.voyage.feeds.subscription.FeedResponses.VerificationAnswer;
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
@Tag(name = "Feed proofs", description = "订阅核对：快照、检查点、副本比对与状态")
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
    private static final int NEWEST_EPOCH = Integer.MAX_VALUE;

    /** Position of the reader's copy, with the chain after it. */
    private record CopyHash(FeedPosition position, String chain) {}

    private final FeedAccess access;
    private final FeedLogReader log;
    private final FeedEventStore events;
    private final ScopedRecordReader records;
    private final FeedStore feeds;
    private final CursorCodec cursors;
    private final ObjectMapper mapper;

    FeedProofResource(
            FeedAccess access,
            FeedLogReader log,
            FeedEventStore events,
            ScopedRecordReader records,
            FeedStore feeds,
            CursorCodec cursors,
            ObjectMapper mapper) {
        this.access = access;
        this.log = log;
        this.events = events;
        this.records = records;
        this.feeds = feeds;
        this.cursors = cursors;
        this.mapper = mapper;
    }

    @GET
    @Path("/snapshot")
    @CostCategory(RequestCost.LARGE)
    @Operation(
            operationId = "getFeedSnapshot",
            summary = "All records in scope",
            description = "For a copy that was lost, at any time. Read all pages, then go on with the events after"
                    + " `position`; an event that is part of a page already does no harm.")
    public SnapshotAnswer snapshot(
            @PathParam("feed") @Parameter(example = FeedResource.ID_EXAMPLE) String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Feed feed = access.requireOwnFeed(id);
        int size = QueryParameters.parseLimit(limit);
        String list = "snapshot " + feed.id();
        Cursor from = cursors.decode(list, 2, cursor);
        // Read before the records: what changes meanwhile is in the events after it.
        String position = from == null ? log.findHead(feed).text() : from.text(1);
        FeedScope scope = log.scopeOf(feed);
        List<String> held = feeds.readHeldIds(feed.id(), from == null ? "" : from.text(0), size + 1);
        List<String> shown = held.subList(0, Math.min(size, held.size()));
        return new SnapshotAnswer(
                position,
                records.readRecords(shown, scope).stream()
                        .map(each -> new PreviewExample(each.name(), each.state()))
                        .toList(),
                held.size() > size ? cursors.encode(list, shown.getLast(), position) : null);
    }

    @GET
    @Path("/checkpoints")
    @Operation(
            operationId = "listFeedCheckpoints",
            summary = "The signed checkpoints",
            description = "The newest first. Each is an event of the feed too. The keys are at"
                    + " /.well-known/voyage-feeds-keys.")
    public CheckpointsAnswer checkpoints(
            @PathParam("feed") @Parameter(example = FeedResource.ID_EXAMPLE) String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Feed feed = access.requireVisibleFeed(id);
        int size = QueryParameters.parseLimit(limit);
        String list = "checkpoints " + feed.id();
        Cursor from = cursors.decode(list, 1, cursor);
        FeedPosition before = Optional.ofNullable(from)
                .flatMap(it -> FeedPosition.parse(it.text(0)))
                .orElse(new FeedPosition(NEWEST_EPOCH, 0));
        List<FeedEvent> found = events.readNewest(feed.id(), FeedEventKind.CHECKPOINT, before, size + 1);
        List<FeedEvent> shown = found.subList(0, Math.min(size, found.size()));
        return new CheckpointsAnswer(
                shown.stream().map(this::toAnswer).toList(),
                found.size() > size
                        ? cursors.encode(list, shown.getLast().position().text())
                        : null);
    }

    @POST
    @Path("/verifications")
    @Operation(
            operationId = "verifyFeedCopy",
            summary = "Compare a copy",
            description =
                    "`copies` names positions of your copy with the chain after each (the attribute `chain` of the"
                            + " event there), at most 64. The answer says whether all are equal, up to where both agree, and"
                            + " from where they differ: send positions between these two to find the first event that differs.")
    public VerificationAnswer verify(
            @PathParam("feed") @Parameter(example = FeedResource.ID_EXAMPLE) String id, JsonBody body) {
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
            summary = "How far a feed is",
            description = "The last event, the oldest kept one, how long the last change took to become an event, and"
                    + " whether all records are being judged again.")
    public FeedStatusAnswer status(@PathParam("feed") @Parameter(example = FeedResource.ID_EXAMPLE) String id) {
        Feed feed = access.requireVisibleFeed(id);
        Optional<FeedEventStore.StoredFeedEvent> newest = events.findNewest(feed.id());
        return new FeedStatusAnswer(
                newest.map(it -> it.event().position())
                        .orElse(new FeedPosition(feed.head().epoch(), 0))
                        .text(),
                events.readAfter(feed.id(), events.findExpired(feed.id()), 1).stream()
                        .map(event -> event.position().text())
                        .findFirst()
                        .orElse(null),
                newest.map(it -> it.event().time()).orElse(null),
                newest.map(it -> Duration.between(it.event().time(), it.storedAt())
                                        .toMillis()
                                / 1000.0)
                        .orElse(null),
                feed.scanCause().orElse(null),
                feeds.countHeld(feed.id()));
    }

    private static CopyHash readCopy(FieldReader in) {
        String position = in.readText("position", POSITION);
        String chain = in.readText("chain", HASH);
        return new CopyHash(FeedPosition.parse(position).orElse(new FeedPosition(1, 0)), chain);
    }

    private CheckpointAnswer toAnswer(FeedEvent event) {
        try {
            JsonNode body = mapper.readTree(event.body());
            return new CheckpointAnswer(event.position().text(), event.time(), body.path("data"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the JSON that was stored", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
