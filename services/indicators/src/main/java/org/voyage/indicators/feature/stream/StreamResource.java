package org.voyage.indicators.feature.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.LiveStanding;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.sse.SseConnection;

/** HTTP resource: stream of figure changes. */
@Path("/v1/indicators/stream")
@Tag(name = "Indicators")
public class StreamResource {

    /** Numbers restart with the service; the name of the run distinguishes them. */
    private static final String RUN_ID = UUID.randomUUID().toString().substring(0, 8);

    static final String CODE_PARAMETER = "code";

    private final StreamHub hub;
    private final StreamQueryParser queries;
    private final FigureAccessPolicy accessPolicy;
    private final ObjectMapper json;

    StreamResource(StreamHub hub, StreamQueryParser queries, FigureAccessPolicy accessPolicy, ObjectMapper json) {
        this.hub = hub;
        this.queries = queries;
        this.accessPolicy = accessPolicy;
        this.json = json;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @CostCategory(RequestCost.STREAM)
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "streamIndicators",
            summary = "Watch figures move",
            description =
                    "Server-sent events: first the current value of every slice, then each slice that changed, within"
                            + " a fraction of a second. `event: value`; `event: reset` comes first when Last-Event-ID is"
                            + " too old to go on from, or of another question; `event: unfinished` is never sent now."
                            + " `event: standing` says how far the figures are behind the log, at the beginning, every few"
                            + " seconds and when that begins or ends; its data are those of `/v1/standing`. `position` of"
                            + " the first event of a connection has all partitions, of each further one those that moved"
                            + " since. A client that comes back gets the changes that it has missed; only the last of"
                            + " these has a position, and it is the first. `event` is the last event that moved the value,"
                            + " of a distinct count and of a derived figure the last that moved what they are counted"
                            + " from; null for a first value, when no event moved it (the calendar did, or a rebuild), for"
                            + " a bureau when another province's record did, and where it is not remembered: after many"
                            + " thousand events at once, as of a large file, mostly of what is watched with filters or by"
                            + " several dimensions. Filters are those of values.")
    @Parameter(
            name = CODE_PARAMETER,
            in = ParameterIn.QUERY,
            example = "overseas-schools",
            description =
                    "codes of figures, separated by commas; may be repeated; absent: all that have a value for the"
                            + " period, derived ones in total")
    @Parameter(
            name = "by",
            in = ParameterIn.QUERY,
            example = "hostCountry",
            description = "a breakdown to watch in addition to the total: repeated, each by itself; with commas, one by"
                    + " several dimensions;"
                    + " absent: each dimension by itself")
    @APIResponse(
            responseCode = "200",
            description = "A stream that does not end",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            contentMediaType = MediaType.APPLICATION_JSON,
                                            contentSchema = StreamedChange.class)))
    public void stream(
            @Context UriInfo uri,
            @Context Sse sse,
            @Context SseEventSink sink,
            @Context HttpServerRequest request,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        Optional<String> province = accessPolicy.visibleProvince();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        List<FigureQuery> read = queries.parse(parameters).stream()
                .map(accessPolicy::restrictToProvince)
                .toList();
        accessPolicy.requireFiguresReady();
        String series = seriesId(read, province);
        OptionalLong last = parseNumber(series, lastEventId);
        boolean reset = lastEventId != null && last.isEmpty();
        hub.requireWatchable(read, province);
        SseConnection.open(sse, sink, request, StreamSubscription.MAX_IN_FLIGHT).ifPresent(connection -> {
            PositionDelta told = new PositionDelta();
            StreamSubscription client = new StreamSubscription(
                    connection, (outgoing, position) -> toEvent(sse, outgoing, position, series, told));
            hub.beginWatching(read, province, last, reset, client);
        });
    }

    /**
     * Returns the id prefix of a query, independent of its order. A client that returns with another query starts
     * again.
     */
    private static String seriesId(List<FigureQuery> queries, Optional<String> province) {
        String question = province.orElse("")
                + queries.stream().map(StreamResource::canonicalText).sorted().toList();
        return RUN_ID + "-" + Integer.toHexString(question.hashCode()) + "-";
    }

    private static String canonicalText(FigureQuery query) {
        Map<String, Set<String>> filters = new TreeMap<>();
        query.filters().forEach((dimension, codes) -> filters.put(dimension, new TreeSet<>(codes)));
        return query.figure().code() + filters + query.listFilters() + query.breakdownNames() + query.period();
    }

    private OutboundSseEvent toEvent(
            Sse sse, StreamMessage outgoing, PositionAnswer position, String series, PositionDelta told) {
        return switch (outgoing) {
            case StreamMessage.HeartbeatMessage _ ->
                sse.newEventBuilder().comment("still here").build();
            case StreamMessage.StandingMessage(LiveStanding standing) ->
                sse.newEventBuilder().name("standing").data(toJson(standing)).build();
            case StreamMessage.ResetMessage _ ->
                // No number: a client that leaves before its values have come starts again.
                sse.newEventBuilder()
                        .name("reset")
                        .id(series + "reset")
                        .data("{}")
                        .build();
            case StreamMessage.ValueMessage(long number, SliceChange change) ->
                toEvent(sse, series, number, StreamedChange.of(change, told.takeChanges(position)));
            case StreamMessage.MissedMessage(long number, SliceChange change) ->
                toEvent(sse, series, number, StreamedChange.of(change, new PositionAnswer(Map.of(), position.time())));
        };
    }

    private OutboundSseEvent toEvent(Sse sse, String series, long number, StreamedChange change) {
        var event = sse.newEventBuilder().name("value").data(toJson(change));
        return number == 0 ? event.build() : event.id(series + number).build();
    }

    private String toJson(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OptionalLong parseNumber(String series, @Nullable String lastEventId) {
        if (lastEventId == null || !lastEventId.startsWith(series)) {
            return OptionalLong.empty();
        }
        String number = lastEventId.substring(series.length());
        return number.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(number)) : OptionalLong.empty();
    }
}
