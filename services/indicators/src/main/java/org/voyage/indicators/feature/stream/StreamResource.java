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
import org.voyage.indicators.feature.completeness.YearStateChange;
import org.voyage.indicators.live.LiveFreshness;
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
    static final String WATCH_PARAMETER = "watch";

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
            summary = "Follow figures as a stream / 持续接收指标变动",
            description =
                    "Server-sent events: first the current value of every slice, then each changed slice, within a"
                            + " fraction of a second. `event: value` is a value. `event: reset` comes first if Last-Event-ID is"
                            + " too old or belongs to another query. `event: unfinished` is never sent now. `event: standing`"
                            + " has the data of `/v1/standing`; it comes at the beginning, every few seconds, and when a delay"
                            + " begins or ends. `event: year-state` has a year that a bureau has submitted or an operator"
                            + " has moved, with its new state; a bureau gets its own. The first `position` of a connection has"
                            + " all partitions, each further one only those that moved since. A client that connects again gets the changes that it has missed. Only"
                            + " the last of these has a position, and it is the first of the connection. `event` is the last"
                            + " event that moved the value. For distinct counts and derived figures it is the last event that"
                            + " moved their counted figures. It is null for a first value, and if no event moved the value: the"
                            + " calendar or a rebuild did. It is also null for a bureau if another province's record moved the"
                            + " value, and if the event is not remembered. That happens after many thousand events at once, as"
                            + " of a large file, mostly with filters or several dimensions. Filters are those of values. / "
                            + "以服务器发送事件（SSE）推送：先发送各项当前数值，此后在不到一秒内发送有变动的项。`event: value` 为"
                            + "数值；Last-Event-ID 过旧或属于其他查询的，先发送 `event: reset`；`event: unfinished` 现不再发送；"
                            + "`event: standing` 的内容与 `/v1/standing` 相同，在开始时、每隔数秒以及滞后开始或结束时发送；"
                            + "`event: year-state` 为提交或变更后的年度及其状态，省级用户只收到本省。每次连接的首个 `position` 含全部分区，以后只含有变化的分区。断线重连后补发遗漏的变动，只有其中最后一项有"
                            + "位置，即本次连接的首个位置。`event` 为最后引起变动的事件，去重计数和衍生指标为引起所依据数值变动的"
                            + "最后事件；首个数值、非由事件引起的变动（日期推移或重建）、省级用户因外省记录引起的变动，以及未能保"
                            + "留的（如大文件一次产生数千个事件，多见于使用筛选或多维分组），为 null。筛选条件与查询数值相同。")
    @Parameter(
            name = CODE_PARAMETER,
            in = ParameterIn.QUERY,
            example = "overseas-schools",
            description =
                    "codes of figures, separated by commas; may be repeated; absent: all that have a value for the"
                            + " period, derived ones in total / "
                            + "指标代码，以逗号分隔，可重复；不填的为该期间有数值的全部指标，衍生指标只取总数")
    @Parameter(
            name = "by",
            in = ParameterIn.QUERY,
            example = "hostCountry",
            description =
                    "a breakdown to follow in addition to the total. Repeated: each by itself; with commas: one by"
                            + " several dimensions; none: the total alone; absent: each dimension by itself / "
                            + "总数以外的分组。重复填写的分别分组，以逗号分隔的为多维分组；none 只要总数；不填的按各维度分别分组")
    @Parameter(
            name = WATCH_PARAMETER,
            in = ParameterIn.QUERY,
            example = "overseas-schools?by=hostCountry",
            description = "in place of all other parameters; may be repeated. A question with its own by, filters and"
                    + " period, in percent encoding: `watch=overseas-schools%3Fby%3Dnone%26period%3D2025` / "
                    + "代替其他全部参数，可重复填写。每个问题各带自己的 by、筛选条件和期间，用百分号编码")
    @APIResponse(
            responseCode = "200",
            description = "A stream that does not end / 持续的数据流",
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
            case StreamMessage.StandingMessage(LiveFreshness standing) ->
                sse.newEventBuilder().name("standing").data(toJson(standing)).build();
            case StreamMessage.YearStateMessage(YearStateChange moved) ->
                sse.newEventBuilder().name("year-state").data(toJson(moved)).build();
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
