package org.voyage.feeds.delivery.endpoint;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.endpoint.DeliveryOverviewStore.NotedAttempt;
import org.voyage.feeds.delivery.endpoint.DeliveryOverviewStore.UndeliveredEvent;
import org.voyage.feeds.delivery.endpoint.EndpointBodies.NewReplayBody;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.AttemptItem;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.AttemptsAnswer;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.ReplayAnswer;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.UndeliveredAnswer;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.UndeliveredItem;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: what became of the deliveries to an endpoint, and replays. */
@Path("/v1/feeds/{feed}/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks", description = "Endpoints, secrets and deliveries of a feed / 推送：接收地址、签名密钥与投递情况")
@AuditedRecord(EndpointService.AUDIT_RECORD)
@RunOnVirtualThread
public class DeliveryResource {

    private static final CodeSet<String> OUTCOMES =
            CodeSet.of("status", List.of("accepted", "refused", "broken", "unavailable", "gone", "expired"));

    private final EndpointService service;
    private final EndpointStore endpoints;
    private final DeliveryOverviewStore overviews;
    private final ReplayStore replays;
    private final DeliveredFeeds feeds;
    private final CursorCodec cursors;

    DeliveryResource(
            EndpointService service,
            EndpointStore endpoints,
            DeliveryOverviewStore overviews,
            ReplayStore replays,
            DeliveredFeeds feeds,
            CursorCodec cursors) {
        this.service = service;
        this.endpoints = endpoints;
        this.overviews = overviews;
        this.replays = replays;
        this.feeds = feeds;
        this.cursors = cursors;
    }

    @GET
    @Path("/{endpoint}/deliveries")
    @Operation(
            operationId = "listDeliveries",
            summary = "Requests to an endpoint / 查询投递记录",
            description =
                    "The newest first: each request that failed, and the accepted ones by the minute. `excerpt` is the"
                            + " begin of the reply. `expired` is no request: events after `first` were deleted before they were delivered."
                            + " / 按时间倒序列出：失败的请求逐条记录，成功的请求按分钟合并。excerpt 为接收方答复的开头部分。"
                            + "expired 表示未发出请求：first 之后的事件未推送即已过期。")
    public AttemptsAnswer deliveries(
            @PathParam("feed")
                    @Parameter(description = EndpointResource.FEED_DESCRIPTION, example = EndpointResource.FEED_EXAMPLE)
                    String feed,
            @PathParam("endpoint")
                    @Parameter(
                            description = EndpointResource.ENDPOINT_DESCRIPTION,
                            example = EndpointResource.ENDPOINT_EXAMPLE)
                    String endpoint,
            @QueryParam("status")
                    @Parameter(
                            description =
                                    "accepted, refused, broken, unavailable, gone or expired; absent: all / 投递结果："
                                            + "accepted 成功、refused 被拒绝、broken 中断、unavailable 不可用、gone 已停止接收、expired 未推送即过期；缺省为全部",
                            example = "refused")
                    @Nullable
                    String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        requireVisible(feed, endpoint);
        String outcome = QueryParameters.parseEnum("status", status, OUTCOMES);
        int size = QueryParameters.parseLimit(limit);
        String list = "deliveries " + endpoint + " " + outcome;
        Cursor from = cursors.decode(list, 1, cursor);
        List<NotedAttempt> found =
                overviews.listAttempts(endpoint, outcome, from == null ? Long.MAX_VALUE : from.integer(0), size + 1);
        List<NotedAttempt> shown = found.subList(0, Math.min(size, found.size()));
        return new AttemptsAnswer(
                shown.stream().map(AttemptItem::of).toList(),
                found.size() > size ? cursors.encode(list, shown.getLast().id()) : null);
    }

    @GET
    @Path("/{endpoint}/undelivered")
    @Operation(
            operationId = "listUndelivered",
            summary = "Events that were not delivered / 查询未送达事件",
            description = "Events that the endpoint refused at every try. Their records went on without them. A replay"
                    + " that is accepted takes an event off the list."
                    + " / 历次重试均被拒绝的事件，所属记录的后续事件照常推送。重发成功后从清单中移除。")
    public UndeliveredAnswer undelivered(
            @PathParam("feed")
                    @Parameter(description = EndpointResource.FEED_DESCRIPTION, example = EndpointResource.FEED_EXAMPLE)
                    String feed,
            @PathParam("endpoint")
                    @Parameter(
                            description = EndpointResource.ENDPOINT_DESCRIPTION,
                            example = EndpointResource.ENDPOINT_EXAMPLE)
                    String endpoint,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        requireVisible(feed, endpoint);
        int size = QueryParameters.parseLimit(limit);
        String list = "undelivered " + endpoint;
        Cursor from = cursors.decode(list, 1, cursor);
        FeedPosition after = from == null
                ? new FeedPosition(1, 0)
                : FeedPosition.parse(from.text(0)).orElseThrow(Refusal.NotFound::new);
        List<UndeliveredEvent> found = overviews.listUndelivered(endpoint, after, size + 1);
        List<UndeliveredEvent> shown = found.subList(0, Math.min(size, found.size()));
        return new UndeliveredAnswer(
                shown.stream().map(UndeliveredItem::of).toList(),
                found.size() > size
                        ? cursors.encode(list, shown.getLast().position().text())
                        : null);
    }

    @POST
    @Path("/{endpoint}/replays")
    @Operation(
            operationId = "createReplay",
            summary = "Send events again / 重发事件",
            description =
                    "Either `events` (positions), or `from` and `to`, or `undelivered: true`. The events keep ids and"
                            + " bytes. A refused one is not tried again. Replays of an endpoint run one after the other."
                            + " / events（事件位置）、from 与 to（起止位置）、undelivered: true（全部未送达事件）三者择一。"
                            + "重发事件的编号和内容不变，被拒绝后不再重试。同一接收地址的重发任务依次执行。")
    @APIResponse(
            responseCode = "202",
            description = "The replay, which goes on / 重发任务已受理",
            content = @Content(schema = @Schema(implementation = ReplayAnswer.class)))
    public Response replay(
            @PathParam("feed")
                    @Parameter(description = EndpointResource.FEED_DESCRIPTION, example = EndpointResource.FEED_EXAMPLE)
                    String feed,
            @PathParam("endpoint")
                    @Parameter(
                            description = EndpointResource.ENDPOINT_DESCRIPTION,
                            example = EndpointResource.ENDPOINT_EXAMPLE)
                    String endpoint,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = NewReplayBody.class)))
                    JsonBody body) {
        feeds.requireOwn(feed);
        FeedEndpoint own = requireEndpoint(feed, endpoint);
        EventReplay created = service.createReplay(own, EndpointBodyReader.readReplay(body));
        return Response.accepted(ReplayAnswer.of(created))
                .header("Location", "/v1/feeds/" + feed + "/endpoints/" + endpoint + "/replays/" + created.id())
                .build();
    }

    @GET
    @Path("/{endpoint}/replays/{replay}")
    @Operation(operationId = "getReplay", summary = "A replay and its progress / 查询重发任务进度")
    public ReplayAnswer replay(
            @PathParam("feed")
                    @Parameter(description = EndpointResource.FEED_DESCRIPTION, example = EndpointResource.FEED_EXAMPLE)
                    String feed,
            @PathParam("endpoint")
                    @Parameter(
                            description = EndpointResource.ENDPOINT_DESCRIPTION,
                            example = EndpointResource.ENDPOINT_EXAMPLE)
                    String endpoint,
            @PathParam("replay") @Parameter(description = "Id of the replay / 重发任务编号", example = "9q4tq8b1v7rm7c4v")
                    String replay) {
        requireVisible(feed, endpoint);
        return replays.find(endpoint, replay).map(ReplayAnswer::of).orElseThrow(Refusal.NotFound::new);
    }

    private void requireVisible(String feed, String endpoint) {
        feeds.requireVisible(feed);
        requireEndpoint(feed, endpoint);
    }

    private FeedEndpoint requireEndpoint(String feed, String endpoint) {
        return endpoints
                .find(endpoint)
                .filter(found -> found.feed().equals(feed))
                .orElseThrow(Refusal.NotFound::new);
    }
}
