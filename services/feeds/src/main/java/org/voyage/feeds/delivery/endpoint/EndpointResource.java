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
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
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
@Tag(name = "Webhooks", description = "Webhook 推送：接收地址、签名密钥与投递情况")
@AuditedRecord(EndpointService.AUDIT_RECORD)
@RunOnVirtualThread
public class EndpointResource {

    static final String FEED_EXAMPLE = "0k2m9q4tq8b1v7r";
    static final String ENDPOINT_EXAMPLE = "7c4v9q4tq8b1v7rm";

    private final EndpointService service;
    private final EndpointStore endpoints;
    private final EndpointSecretStore secrets;
    private final DeliveryOverviewStore overviews;
    private final DeliveredFeeds feeds;
    private final CursorCodec cursors;
    private final Clock clock;
    private final Duration retention;

    EndpointResource(
            EndpointService service,
            EndpointStore endpoints,
            EndpointSecretStore secrets,
            DeliveryOverviewStore overviews,
            DeliveredFeeds feeds,
            CursorCodec cursors,
            Clock clock,
            @ConfigProperty(name = "voyage.feeds.retention", defaultValue = "30d") Duration retention) {
        this.service = service;
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.overviews = overviews;
        this.feeds = feeds;
        this.cursors = cursors;
        this.clock = clock;
        this.retention = retention;
    }

    @POST
    @Operation(
            operationId = "createEndpoint",
            summary = "Have events posted to a URL",
            description = "Nothing is sent before the endpoint has passed its challenge. The answer shows the secret of"
                    + " HMAC once; a repeat by the idempotency key is without it. Deliveries begin at the oldest kept"
                    + " event, or after the position `after`.")
    @APIResponse(
            responseCode = "201",
            description = "The endpoint, with its secrets",
            content = @Content(schema = @Schema(implementation = NewEndpointAnswer.class)))
    public Response create(@PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed, JsonBody body) {
        DeliveredFeed own = feeds.requireOwn(feed);
        NewEndpointAnswer answer =
                NewEndpointAnswer.of(service.createEndpoint(own, EndpointBodyReader.readDraft(body)));
        return Response.created(URI.create("/v1/feeds/" + feed + "/endpoints/" + answer.id()))
                .entity(answer)
                .build();
    }

    @GET
    @Operation(operationId = "listEndpoints", summary = "The endpoints of a feed")
    public EndpointsAnswer list(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
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
    @Operation(operationId = "getEndpoint", summary = "An endpoint and the state of its deliveries")
    public EndpointAnswer get(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(example = ENDPOINT_EXAMPLE) String endpoint) {
        feeds.requireVisible(feed);
        return toAnswer(requireEndpoint(feed, endpoint));
    }

    @PATCH
    @Path("/{endpoint}")
    @Operation(
            operationId = "changeEndpoint",
            summary = "Change an endpoint",
            description =
                    "A new `url` is proven by a challenge again. `enabled: false` stops the deliveries; nothing is"
                            + " lost in the retention. They go on when a challenge is passed.")
    public EndpointAnswer change(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(example = ENDPOINT_EXAMPLE) String endpoint,
            JsonBody body) {
        return toAnswer(service.changeEndpoint(requireOwn(feed, endpoint), EndpointBodyReader.readChange(body)));
    }

    @DELETE
    @Path("/{endpoint}")
    @Operation(operationId = "deleteEndpoint", summary = "Delete an endpoint")
    @APIResponse(responseCode = "204", description = "Deleted")
    public void delete(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(example = ENDPOINT_EXAMPLE) String endpoint) {
        service.deleteEndpoint(requireOwn(feed, endpoint));
    }

    @POST
    @Path("/{endpoint}/challenge")
    @Operation(
            operationId = "challengeEndpoint",
            summary = "Prove an endpoint",
            description = "Posts an event of type `org.voyage.feed.endpoint-challenge.v1` with a random `data.token`."
                    + " The endpoint passes when it answers 2xx with the token as its body, or as `token` of a JSON"
                    + " object. It is enabled then, and catches up.")
    public CallAnswer challenge(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(example = ENDPOINT_EXAMPLE) String endpoint) {
        EndpointCalls.ChallengeResult result = service.challengeEndpoint(requireOwn(feed, endpoint));
        return CallAnswer.of(result.isPassed(), requireEndpoint(feed, endpoint).status(), result.reply());
    }

    @POST
    @Path("/{endpoint}/test")
    @Operation(
            operationId = "testEndpoint",
            summary = "Send a test event",
            description = "Posts an event of type `org.voyage.feed.endpoint-test.v1`, which has no number in the feed.")
    public CallAnswer test(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(example = ENDPOINT_EXAMPLE) String endpoint) {
        FeedEndpoint own = requireOwn(feed, endpoint);
        org.voyage.feeds.delivery.http.WebhookReply reply = service.sendTest(own);
        return CallAnswer.of(reply.isAccepted(), own.status(), reply);
    }

    @POST
    @Path("/{endpoint}/secrets")
    @Operation(
            operationId = "createEndpointSecret",
            summary = "Make a new secret",
            description = "Each webhook is signed with every secret until the former ones of the algorithm end: after"
                    + " `overlap`, 24 hours by default.")
    @APIResponse(
            responseCode = "201",
            description = "The secret, shown once",
            content = @Content(schema = @Schema(implementation = NewSecretAnswer.class)))
    public Response createSecret(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(example = ENDPOINT_EXAMPLE) String endpoint,
            JsonBody body) {
        FeedEndpoint own = requireOwn(feed, endpoint);
        return Response.status(Response.Status.CREATED)
                .entity(NewSecretAnswer.of(service.rotateSecret(own, EndpointBodyReader.readRotation(body))))
                .build();
    }

    @DELETE
    @Path("/{endpoint}/secrets/{kid}")
    @Operation(operationId = "deleteEndpointSecret", summary = "Let a secret end at once")
    @APIResponse(responseCode = "204", description = "Deleted")
    public void deleteSecret(
            @PathParam("feed") @Parameter(example = FEED_EXAMPLE) String feed,
            @PathParam("endpoint") @Parameter(example = ENDPOINT_EXAMPLE) String endpoint,
            @PathParam("kid") @Parameter(example = "4tq8b1v7") String kid) {
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
                        overview.downSince(),
                        overview.nextTryAt(),
                        overview.held(),
                        overview.undelivered()));
    }
}
