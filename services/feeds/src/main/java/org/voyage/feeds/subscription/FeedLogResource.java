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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: the events of a feed, by pull and as a stream. */
@Path("/v1/feeds/{feed}")
@Tag(name = "Feed events", description = "订阅事件：按位置拉取、按区间补取、持续推送")
public class FeedLogResource {

    /** Batch of structured CloudEvents: a JSON array. */
    public static final String BATCH_TYPE = "application/cloudevents-batch+json";

    static final String HEAD_HEADER = "Voyage-Feed-Head";

    private static final String POSITION_EXAMPLE = "1-0000000000000412";
    private static final int MAX_RANGE_EVENTS = QueryParameters.MAX_LIMIT;

    private final FeedAccess access;
    private final FeedLogReader log;
    private final FeedStreamer streamer;
    private final SubscriptionConfig config;

    FeedLogResource(FeedAccess access, FeedLogReader log, FeedStreamer streamer, SubscriptionConfig config) {
        this.access = access;
        this.log = log;
        this.streamer = streamer;
        this.config = config;
    }

    @GET
    @Path("/events")
    @Produces(BATCH_TYPE)
    @RunOnVirtualThread
    @Operation(
            operationId = "pullFeedEvents",
            summary = "Pull events",
            description =
                    "The events after a position, in order. Keep the id of the last event together with your copy,"
                            + " and send it as `after` the next time: the header Link (rel=next) says so too. Without `after`: from"
                            + " the oldest kept event. With `wait` the answer waits so many seconds for the next event; an empty"
                            + " batch says that there is none. 410 names where to go on when the position is too old.")
    @APIResponse(
            responseCode = "200",
            description = "A batch of CloudEvents; Voyage-Feed-Head is the position of the last event there is",
            content =
                    @Content(
                            mediaType = BATCH_TYPE,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)))
    public Response pull(
            @PathParam("feed") @Parameter(example = FeedResource.ID_EXAMPLE) String id,
            @QueryParam("after")
                    @Parameter(description = "id of the last event that you have", example = POSITION_EXAMPLE)
                    @Nullable
                    String after,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("wait")
                    @Parameter(
                            description = "seconds to wait for an event, at most 30",
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
        List<FeedMessage> messages = log.readMessages(feed, position, size);
        if (messages.isEmpty() && seconds > 0 && log.awaitNews(feed, position, Duration.ofSeconds(seconds))) {
            feed = access.requireOwnFeed(id);
            messages = log.readMessages(feed, position, size);
        }
        FeedPosition last = messages.isEmpty() ? position : messages.getLast().position();
        return Response.ok(toBatch(messages), BATCH_TYPE)
                .header(HEAD_HEADER, log.findHead(feed).text())
                .header(
                        "Link",
                        "</v1/feeds/" + feed.id() + "/events?after=" + last.text() + "&limit=" + size
                                + ">; rel=\"next\"")
                .build();
    }

    @GET
    @Path("/range")
    @Produces(BATCH_TYPE)
    @RunOnVirtualThread
    @Operation(
            operationId = "getFeedRange",
            summary = "The events from one position to another",
            description = "Both included, of one epoch, at most 1,000: what a reader asks for after a gap.")
    @APIResponse(
            responseCode = "200",
            description = "A batch of CloudEvents",
            content =
                    @Content(
                            mediaType = BATCH_TYPE,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)))
    public Response range(
            @PathParam("feed") @Parameter(example = FeedResource.ID_EXAMPLE) String id,
            @QueryParam("from") @Parameter(required = true, example = POSITION_EXAMPLE) @Nullable String from,
            @QueryParam("to") @Parameter(required = true, example = "1-0000000000000420") @Nullable String to) {
        Feed feed = access.requireOwnFeed(id);
        FeedPosition first = requireEvent("from", from);
        FeedPosition last = requireEvent("to", to);
        if (first.epoch() != last.epoch()
                || first.compareTo(last) > 0
                || last.sequence() - first.sequence() >= MAX_RANGE_EVENTS) {
            throw new Refusal.Malformed(Finding.query(
                    "to",
                    "feed-range",
                    "A range is of one epoch, forwards, and of at most " + MAX_RANGE_EVENTS + " events.",
                    "区间须在同一纪元内、由前到后，且不超过 " + MAX_RANGE_EVENTS + " 个事件。"));
        }
        log.requirePosition(feed, Optional.of(new FeedPosition(first.epoch(), first.sequence() - 1).text()), "?from");
        return Response.ok(toBatch(log.readRange(feed, first, last)), BATCH_TYPE)
                .build();
    }

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread
    @CostCategory(RequestCost.STREAM)
    @Operation(
            operationId = "streamFeedEvents",
            summary = "Follow the events as a stream",
            description =
                    "Server-sent events: `id` is the position, `event` the kind, `data` the same JSON as by pull. A"
                            + " client that comes back with Last-Event-ID misses nothing; a slow one loses nothing. `event: end`"
                            + " is the last when the token expires or the alliance is suspended.")
    @APIResponse(
            responseCode = "200",
            description = "A stream that does not end",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            contentMediaType = "application/cloudevents+json",
                                            contentSchema = Object.class)))
    public void stream(
            @PathParam("feed") @Parameter(example = FeedResource.ID_EXAMPLE) String id,
            @QueryParam("after")
                    @Parameter(description = "where to begin without Last-Event-ID", example = POSITION_EXAMPLE)
                    @Nullable
                    String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context Sse sse,
            @Context SseEventSink sink,
            @Context HttpServerRequest request) {
        Feed feed = access.requireOwnFeed(id);
        FeedPosition position = lastEventId == null
                ? log.requirePosition(feed, Optional.ofNullable(after), "?after")
                : log.requirePosition(feed, Optional.of(lastEventId), "Last-Event-ID");
        streamer.startStream(feed, position, access.tokenExpiry(), sse, sink, request);
    }

    private static FeedPosition requireEvent(String name, @Nullable String text) {
        return Optional.ofNullable(text)
                .flatMap(FeedPosition::parse)
                .filter(position -> position.sequence() > 0)
                .orElseThrow(() -> new Refusal.Malformed(Finding.query(
                        name,
                        "feed-position",
                        "This is the id of an event, such as " + POSITION_EXAMPLE + ".",
                        "应为事件编号，例如 " + POSITION_EXAMPLE + "。")));
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
