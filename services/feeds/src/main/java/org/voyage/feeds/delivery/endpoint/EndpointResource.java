package org.voyage.feeds.delivery.endpoint;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.endpoint.EndpointBodies.EndpointChangeBody;
import org.voyage.feeds.delivery.endpoint.EndpointBodies.NewEndpointBody;
import org.voyage.feeds.delivery.endpoint.EndpointBodies.NewSecretBody;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.AttemptItem;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.CallAnswer;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.DeliveryState;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.EndpointAnswer;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.EndpointsAnswer;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.NewEndpointAnswer;
import org.voyage.feeds.delivery.endpoint.EndpointResponses.NewSecretAnswer;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.JsonBody;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: endpoints of a feed, to which its events are posted. */
@Path("/v1/feeds/{feed}/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks", description = "Endpoints, secrets and deliveries of a feed / 推送：接收地址、签名密钥与投递情况")
@AuditedRecord(EndpointService.AUDIT_RECORD)
@RunOnVirtualThread
public class EndpointResource {

    static final String FEED_DESCRIPTION = "Id of the feed / 订阅编号";
    static final String ENDPOINT_DESCRIPTION = "Id of the endpoint / 接收地址编号";
    static final String FEED_EXAMPLE = "0k2m9q4tq8b1v7r";
    static final String ENDPOINT_EXAMPLE = "7c4v9q4tq8b1v7rm";

    private final EndpointService service;
    private final EndpointStore endpoints;
    private final EndpointSecretStore secrets;
    private final DeliveryOverviewStore overviews;
    private final DeliveredFeeds feeds;
    private final CursorCodec cursors;
    private final Clock clock;
    private final DeliveryConfig config;
    private final Duration retention;

    EndpointResource(
            EndpointService service,
            EndpointStore endpoints,
            EndpointSecretStore secrets,
            DeliveryOverviewStore overviews,
            DeliveredFeeds feeds,
            CursorCodec cursors,
            Clock clock,
            DeliveryConfig config,
            @ConfigProperty(name = "voyage.feeds.retention", defaultValue = "30d") Duration retention) {
        this.service = service;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.overviews = overviews;
        this.feeds = feeds;
        this.cursors = cursors;
        this.clock = clock;
        this.config = config;
        this.retention = retention;
    }

    @POST
    @Operation(
            operationId = "createEndpoint",
            summary = "Have events posted to a URL / 登记接收地址",
            description = "Nothing is sent before the endpoint has passed its challenge. The answer shows the secret of"
                    + " HMAC once; a repeat by the idempotency key is without it. Deliveries begin at the oldest kept"
                    + " event, or after the position `after`."
                    + " / 接收地址通过验证后才开始推送。HMAC 密钥仅在本次答复中显示，凭幂等键重复请求时不再显示。"
                    + "推送从现存最早事件开始，或从 after 指定的位置之后开始。")
    @APIResponse(
            responseCode = "201",
            description = "The endpoint, with its secrets / 接收地址及其密钥",
            content = @Content(schema = @Schema(implementation = NewEndpointAnswer.class)))
    public Response create(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = NewEndpointBody.class)))
                    JsonBody body) {
        DeliveredFeed own = feeds.requireOwn(feed);
        NewEndpointAnswer answer =
                NewEndpointAnswer.of(service.createEndpoint(own, EndpointBodyReader.readDraft(body)));
        return Response.created(URI.create("/v1/feeds/" + feed + "/endpoints/" + answer.id()))
                .entity(answer)
                .build();
    }

    @GET
    @Operation(operationId = "listEndpoints", summary = "The endpoints of a feed / 查询订阅的接收地址")
    public EndpointsAnswer list(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        feeds.requireVisible(feed);
        int size = QueryParameters.parseLimit(limit);
        String list = "endpoints " + feed;
        Cursor from = cursors.decode(list, 1, cursor);
        List<FeedEndpoint> found = endpoints.listOfFeed(feed, from == null ? "" : from.text(0), size + 1);
        List<FeedEndpoint> shown = found.subList(0, Math.min(size, found.size()));
        return new EndpointsAnswer(
                shown.stream().map(this::toAnswer).toList(),
                found.size() > size ? cursors.encode(list, shown.getLast().id()) : null);
    }

    @GET
    @Path("/{endpoint}")
    @Operation(
            operationId = "getEndpoint",
            summary = "An endpoint and the state of its deliveries / 查询接收地址及推送进度",
            description =
                    "`status` is unproved, enabled or disabled. `reason` says why it is disabled: alliance (by its"
                            + " owner), down (for too long) or gone (it answered 410). `lagEvents` counts the events after"
                            + " `position`. `expiresAt` is when the oldest of them is no longer kept, and `expiresSoon`"
                            + " is true in the last fifth of the time. While it is down, `downBecause` is unavailable (no"
                            + " connection, 429, 502, 503, 504) or refusals (of one event after the other), and `nextTryAt` is the"
                            + " next try. `lastFailed` is the last request that was not accepted."
                            + " / status 为 unproved（待验证）、enabled（启用）或 disabled（停用）；reason 为停用原因："
                            + "alliance（联盟自行停用）、down（长期不可用）、gone（接收方返回 410）。"
                            + "lagEvents 为 position 之后的事件数，expiresAt 为其中最早事件的保留期限，临近期限时 expiresSoon 为 true。"
                            + "不可用期间，downBecause 为原因：unavailable（无法连接，或返回 429、502、503、504）、"
                            + "refusals（连续拒绝多个事件）；nextTryAt 为下次重试时间。lastFailed 为最近一次未被接受的请求。")
    public EndpointAnswer get(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(description = ENDPOINT_DESCRIPTION, example = ENDPOINT_EXAMPLE)
                    String endpoint) {
        feeds.requireVisible(feed);
        return toAnswer(requireEndpoint(feed, endpoint));
    }

    @PATCH
    @Path("/{endpoint}")
    @Operation(
            operationId = "changeEndpoint",
            summary = "Change an endpoint / 变更接收地址",
            description =
                    "A new `url` is proven by a challenge again. `enabled: false` stops the deliveries within seconds;"
                            + " nothing is lost within the retention. They go on when a challenge is passed."
                            + " / 变更 url 后须重新验证。enabled 设为 false 后数秒内停止推送，保留期内的事件不会丢失；"
                            + "再次通过验证后恢复推送。")
    public EndpointAnswer change(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(description = ENDPOINT_DESCRIPTION, example = ENDPOINT_EXAMPLE)
                    String endpoint,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = EndpointChangeBody.class)))
                    JsonBody body) {
        return toAnswer(service.changeEndpoint(requireOwn(feed, endpoint), EndpointBodyReader.readChange(body)));
    }

    @DELETE
    @Path("/{endpoint}")
    @Operation(operationId = "deleteEndpoint", summary = "Delete an endpoint / 删除接收地址")
    @APIResponse(responseCode = "204", description = "Deleted / 已删除")
    public void delete(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(description = ENDPOINT_DESCRIPTION, example = ENDPOINT_EXAMPLE)
                    String endpoint) {
        service.deleteEndpoint(requireOwn(feed, endpoint));
    }

    @POST
    @Path("/{endpoint}/challenge")
    @Operation(
            operationId = "challengeEndpoint",
            summary = "Prove an endpoint / 验证接收地址",
            description = "Posts an event of type `org.voyage.feed.endpoint-challenge.v1` with a random `data.token`."
                    + " The endpoint passes when it answers 2xx with the token as its body, or as `token` of a JSON"
                    + " object. It is enabled then, and catches up."
                    + " / 向接收地址发送一条验证事件，data.token 为随机令牌。接收方返回 2xx，且正文为该令牌或为含 token 的"
                    + " JSON 对象，即通过验证，随后启用并补发积压事件。")
    public CallAnswer challenge(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(description = ENDPOINT_DESCRIPTION, example = ENDPOINT_EXAMPLE)
                    String endpoint) {
        EndpointCalls.ChallengeResult result = service.challengeEndpoint(requireOwn(feed, endpoint));
        return CallAnswer.of(result.isPassed(), requireEndpoint(feed, endpoint).status(), result.reply());
    }

    @POST
    @Path("/{endpoint}/test")
    @Operation(
            operationId = "testEndpoint",
            summary = "Send a test event / 发送测试事件",
            description = "Posts an event of type `org.voyage.feed.endpoint-test.v1`, which has no number in the feed."
                    + " `passed` says whether the endpoint accepted it. / 测试事件不占用订阅的事件编号；passed 表示接收方是否接受。")
    public CallAnswer test(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(description = ENDPOINT_DESCRIPTION, example = ENDPOINT_EXAMPLE)
                    String endpoint) {
        FeedEndpoint own = requireOwn(feed, endpoint);
        org.voyage.feeds.delivery.http.WebhookReply reply = service.sendTest(own);
        return CallAnswer.of(reply.isAccepted(), own.status(), reply);
    }

    @POST
    @Path("/{endpoint}/secrets")
    @Operation(
            operationId = "createEndpointSecret",
            summary = "Make a new secret / 新建签名密钥",
            description = "Each webhook is signed with every secret until the former ones of the algorithm end: after"
                    + " `overlap`, 24 hours by default."
                    + " / 在 overlap 时长内（默认 24 小时）新旧密钥同时签名，期满后同一算法的旧密钥失效。")
    @APIResponse(
            responseCode = "201",
            description = "The secret, shown once / 新密钥，仅显示一次",
            content = @Content(schema = @Schema(implementation = NewSecretAnswer.class)))
    public Response createSecret(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(description = ENDPOINT_DESCRIPTION, example = ENDPOINT_EXAMPLE)
                    String endpoint,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = NewSecretBody.class)))
                    JsonBody body) {
        FeedEndpoint own = requireOwn(feed, endpoint);
        return Response.status(Response.Status.CREATED)
                .entity(NewSecretAnswer.of(service.rotateSecret(own, EndpointBodyReader.readRotation(body))))
                .build();
    }

    @DELETE
    @Path("/{endpoint}/secrets/{kid}")
    @Operation(operationId = "deleteEndpointSecret", summary = "Let a secret end at once / 立即停用签名密钥")
    @APIResponse(responseCode = "204", description = "Deleted / 已停用")
    public void deleteSecret(
            @PathParam("feed") @Parameter(description = FEED_DESCRIPTION, example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(description = ENDPOINT_DESCRIPTION, example = ENDPOINT_EXAMPLE)
                    String endpoint,
            @PathParam("kid") @Parameter(description = "Id of the secret / 密钥编号", example = "4tq8b1v7") String kid) {
        service.deleteSecret(requireOwn(feed, endpoint), kid);
    }

    private FeedEndpoint requireOwn(String feed, String endpoint) {
        feeds.requireOwn(feed);
        return requireEndpoint(feed, endpoint);
    }

    private FeedEndpoint requireEndpoint(String feed, String endpoint) {
        return endpoints
                .find(endpoint)
                .filter(found -> found.feed().equals(feed))
                .orElseThrow(Refusal.NotFound::new);
    }

    private EndpointAnswer toAnswer(FeedEndpoint endpoint) {
        DeliveryOverview overview = overviews.read(endpoint.id());
        return EndpointAnswer.of(
                endpoint,
                secrets.list(endpoint.id(), clock.instant()),
                new DeliveryState(
                        overview.position().text(),
                        overview.lagEvents(),
                        overview.lagSeconds(),
                        overview.oldestUnread() == null
                                ? null
                                : overview.oldestUnread().plus(retention),
                        overview.lagSeconds() * 100 > retention.toSeconds() * config.expiryWarningPercent(),
                        overview.downSince(),
                        overview.downCause() == null
                                ? null
                                : overview.downCause().toLowerCase(Locale.ROOT),
                        overview.nextTryAt(),
                        overviews
                                .findLastFailed(endpoint.id())
                                .map(AttemptItem::of)
                                .orElse(null),
                        overview.held(),
                        overview.undelivered()));
    }
}
