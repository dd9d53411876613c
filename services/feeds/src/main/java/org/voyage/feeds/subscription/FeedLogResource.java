package org.voyage.feeds.subscription;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.CostLimits;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Problem;

/** HTTP resource: the events of a feed, by pull and as a stream. */
@Path("/v1/feeds/{feed}")
@Tag(name = "Feed events", description = "Events of a feed by position and as a stream / 订阅事件：按位置拉取、持续推送")
public class FeedLogResource {

    /** Batch of structured CloudEvents: a JSON array. */
    public static final String BATCH_TYPE = "application/cloudevents-batch+json";

    static final String HEAD_HEADER = "Voyage-Feed-Head";

    private static final String POSITION_EXAMPLE = "1-0000000000000412";
    private static final String EXPIRED_DESCRIPTION = "Position no longer kept / 位置已过期";

    private final FeedAccess access;
    private final FeedLogReader log;
    private final FeedStreamer streamer;
    private final SubscriptionConfig config;
    private final CostLimits costs;

    FeedLogResource(
            FeedAccess access, FeedLogReader log, FeedStreamer streamer, SubscriptionConfig config, CostLimits costs) {
        this.access = access;
        this.log = log;
        this.streamer = streamer;
        this.config = config;
        this.costs = costs;
    }

    @GET
    @Path("/events")
    @Produces(BATCH_TYPE)
    @RunOnVirtualThread
    @Operation(
            operationId = "pullFeedEvents",
            summary = "Pull events / 按位置拉取事件",
            description =
                    "Returns the events after a position, in order. Store the id of the last event together with your copy,"
                            + " and send it as `after` in the next request. The header Link (rel=next) is the address of this"
                            + " request. Without `after` the answer begins at the oldest kept event. With `wait` the server"
                            + " waits up to so many seconds for the next event; an empty batch means that there is none. With"
                            + " `until` the answers end at this event: a reader fills a gap of its copy with them. The last of"
                            + " them has no Link. The refusal 410 links the snapshot from which a reader goes on."
                            + " / 按顺序返回指定位置之后的事件。请将末尾事件的编号与本地副本一并保存，下次请求时填入 after；"
                            + "应答头 Link（rel=next）已给出下次请求的地址。未填 after 时，从仍保留的最早事件开始。"
                            + "填写 wait 时，服务端最多等待相应秒数；返回空数组表示暂无新事件。"
                            + "填写 until 时，读到该事件为止，可用于补齐副本中缺失的事件，最后一次应答没有 Link。"
                            + "位置已过期时返回 410，并给出可重新获取数据的快照地址。")
    @APIResponse(
            responseCode = "200",
            description = "A batch of CloudEvents in the order of the feed / 一批 CloudEvents 事件，按订阅内的顺序排列",
            headers = {
                @Header(
                        name = HEAD_HEADER,
                        description = "Position of the last event of the feed / 订阅末尾事件的位置",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Link",
                        description =
                                "Address of the next request, rel=next; none at the end of `until` / 下次请求的地址，读到 until 后没有",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content =
                    @Content(
                            mediaType = BATCH_TYPE,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)))
    @APIResponse(
            responseCode = "410",
            description = EXPIRED_DESCRIPTION,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "#/components/schemas/Problem")))
    public Response pull(
            @PathParam("feed") @Parameter(description = FeedResource.ID_DESCRIPTION, example = FeedResource.ID_EXAMPLE)
                    String id,
            @QueryParam("after")
                    @Parameter(
                            description = "Id of the last event of your copy / 本地副本末尾事件的编号",
                            example = POSITION_EXAMPLE)
                    @Nullable
                    String after,
            @QueryParam("until")
                    @Parameter(
                            description =
                                    "Id of the last event to read, of the epoch of `after` / 读到此事件为止（含），须与 after 在同一纪元内",
                            example = "1-0000000000000413")
                    @Nullable
                    String until,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("wait")
                    @Parameter(
                            description = "Seconds to wait for an event, at most 30 / 等待新事件的秒数，最多 30",
                            example = "0",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @Nullable
                    String wait)
            throws InterruptedException {
        Feed feed = access.requireOwnFeed(id);
        int size = QueryParameters.parseLimit(limit);
        long seconds =
                QueryParameters.parseInteger("wait", wait, 0, config.maxWait().toSeconds(), 0);
        FeedPosition position = log.requirePosition(feed, Optional.ofNullable(after), "?after");
        Optional<FeedPosition> end =
                until == null ? Optional.empty() : Optional.of(log.requireEnd(feed, position, until));
        // Numbers have no gap within an epoch.
        int wanted = end.map(last -> (int) Math.min(size, last.sequence() - position.sequence()))
                .orElse(size);
        List<FeedMessage> messages = log.readMessages(feed, position, wanted);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = deadline - System.nanoTime(); messages.isEmpty() && wanted > 0 && left > 0; ) {
            if (!awaitNews(feed, position, Duration.ofNanos(left))) {
                break;
            }
            feed = access.requireOwnFeed(id);
            messages = log.readMessages(feed, position, wanted);
            left = deadline - System.nanoTime();
        }
        FeedPosition last = messages.isEmpty() ? position : messages.getLast().position();
        Response.ResponseBuilder answer = Response.ok(toBatch(messages), BATCH_TYPE)
                .header(HEAD_HEADER, log.findHead(feed).text());
        if (end.filter(last::equals).isEmpty()) {
            answer.header(
                    "Link",
                    "</v1/feeds/" + feed.id() + "/events?after=" + last.text()
                            + end.map(it -> "&until=" + it.text()).orElse("") + "&limit=" + size + ">; rel=\"next\"");
        }
        return answer.build();
    }

    /** Waits for an event without a place among the working reads of the alliance. */
    private boolean awaitNews(Feed feed, FeedPosition position, Duration longest) throws InterruptedException {
        try (var _ = costs.pauseWork()) {
            return log.awaitNews(feed, position, longest);
        }
    }

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread
    @CostCategory(RequestCost.STREAM)
    @Operation(
            operationId = "streamFeedEvents",
            summary = "Follow the events as a stream / 持续接收事件",
            description =
                    "Server-sent events: `id` is the position, `event` the kind, `data` the same JSON as by pull. A"
                            + " client that connects again with Last-Event-ID misses no event, and a slow client loses none."
                            + " `event: end` is the last when the token expires, the feed is deleted or the alliance is"
                            + " suspended."
                            + " / 以服务器发送事件（SSE）持续推送：id 为位置，event 为事件种类，data 与拉取所得的 JSON 相同。"
                            + "断线后携带 Last-Event-ID 重新连接，不会遗漏事件；接收较慢也不会丢失事件。"
                            + "令牌到期、订阅取消或联盟被暂停时，以 event: end 结束。")
    @APIResponse(
            responseCode = "200",
            description = "A stream of events / 事件流",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            contentMediaType = "application/cloudevents+json",
                                            contentSchema = Object.class)))
    @APIResponse(
            responseCode = "410",
            description = EXPIRED_DESCRIPTION,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "#/components/schemas/Problem")))
    public void stream(
            @PathParam("feed") @Parameter(description = FeedResource.ID_DESCRIPTION, example = FeedResource.ID_EXAMPLE)
                    String id,
            @QueryParam("after")
                    @Parameter(
                            description = "Position to begin after, without Last-Event-ID / 起始位置，未携带 Last-Event-ID 时有效",
                            example = POSITION_EXAMPLE)
                    @Nullable
                    String after,
            @HeaderParam("Last-Event-ID")
                    @Parameter(
                            description = "Id of the last event that arrived / 最后收到的事件编号",
                            example = POSITION_EXAMPLE)
                    @Nullable
                    String lastEventId,
            @Context Sse sse,
            @Context SseEventSink sink,
            @Context HttpServerRequest request) {
        Feed feed = access.requireOwnFeed(id);
        FeedPosition position = lastEventId == null
                ? log.requireStreamPosition(feed, Optional.ofNullable(after), "?after")
                : log.requireStreamPosition(feed, Optional.of(lastEventId), "Last-Event-ID");
        streamer.startStream(feed, position, access.tokenExpiry(), sse, sink, request);
    }

    /** Returns a JSON array of the stored bytes. */
    static byte[] toBatch(List<FeedMessage> messages) {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        batch.write('[');
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                batch.write(',');
            }
            batch.writeBytes(messages.get(i).body());
        }
        batch.write(']');
        return batch.toByteArray();
    }
}
