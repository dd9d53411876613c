package org.voyage.indicators.feature.explanation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: a value over the last day or month, as it was known at each point. */
@Path("/v1/indicators/{code}/history")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Explanations")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class HistoryResource {

    private static final String OVER_PARAMETER = "over";
    private static final int MAX_KEPT_ANSWERS = 300;
    /** A repair of the evidence can change past knowledge, so an answer is kept for a short time only. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;
    private final AsOfViewResolver asOfResolver;
    private final ChangeAttributionService attribution;
    private final FigureAccessPolicy accessPolicy;
    private final Clock clock;
    /** Answers that everybody asks for, the least recently used first. Any of them can be lost. Guarded by itself. */
    private final Map<List<Object>, KeptHistory> kept = new LinkedHashMap<>(16, 0.75f, true);

    HistoryResource(
            FigureCatalogue catalogue,
            FigureQueryParser queries,
            AsOfViewResolver asOfResolver,
            ChangeAttributionService attribution,
            FigureAccessPolicy accessPolicy,
            Clock clock) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.asOfResolver = asOfResolver;
        this.attribution = attribution;
        this.accessPolicy = accessPolicy;
        this.clock = clock;
    }

    /** The spans that can be asked for. */
    enum HistorySpan {
        DAY(ChronoUnit.HOURS, 24),
        MONTH(ChronoUnit.DAYS, 30);

        private final ChronoUnit step;
        private final int steps;

        HistorySpan(ChronoUnit step, int steps) {
            this.step = step;
            this.steps = steps;
        }

        /** Returns the full hours, or the midnights, of the span, the last one at or before now. */
        List<Instant> pointsBefore(ZonedDateTime now) {
            ZonedDateTime last = now.truncatedTo(step);
            List<Instant> points = new ArrayList<>();
            for (int back = steps; back >= 0; back--) {
                points.add(last.minus(back, step).toInstant());
            }
            return points;
        }
    }

    private record KeptHistory(HistoryAnswer answer, Instant until) {}

    /** A value at a point in time. */
    @Schema(name = "KnownValue", description = "The value as it was known at a point in time. / 某一历史时点所知的数值。")
    public record KnownValueAnswer(
            Instant time,

            @Schema(
                    nullable = true,
                    description = "null if there is none, as for a share of nothing / 没有数值的为 null，如分母为零的占比")
            @JsonProperty("value")
            @Nullable
            BigDecimal value) {}

    /** The values of a span. */
    @Schema(name = "HistoryAnswer", description = "Value at points at equal distances. / 等间隔各时点的数值。")
    public record HistoryAnswer(
            FigureHeading indicator,
            Map<String, String> filters,
            String over,

            @Schema(
                    description = "the oldest first; points before the first known moment are left out / "
                            + "由远及近；早于最早可查时点的省略")
            List<KnownValueAnswer> items) {}

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "getIndicatorHistory",
            summary = "A value over the last day or month, as it was known / 数值近一天或近一月的变化",
            description =
                    "Takes the filters of values. Returns the value as it was known at each full hour of the last 24,"
                            + " or at each midnight (Beijing time) of the last 30 days. The definition is that of today. The"
                            + " points do not move with the present, so the answer is the same until the next point. / "
                            + "筛选条件与查询数值相同。返回最近 24 小时各整点，或最近 30 天每日零时（北京时间）所知的数值，按今日"
                            + "的口径计算。时点固定，因此到下一时点之前结果不变。")
    @Parameter(
            name = OVER_PARAMETER,
            in = ParameterIn.QUERY,
            required = true,
            example = "day",
            description = "day: 25 points an hour apart; month: 31 points a day apart / "
                    + "day：每小时一个，共 25 个时点；month：每日一个，共 31 个时点",
            schema = @Schema(enumeration = {"day", "month"}))
    @Parameter(
            name = "period",
            in = ParameterIn.QUERY,
            example = "2023",
            description = "as for values, without by / 与查询数值相同，不含 by")
    @Parameter(
            name = "list",
            in = ParameterIn.QUERY,
            example = "belt-and-road@now",
            description = "only countries or colleges on this list, as for values / 只计名单上的国家或院校，与查询数值相同")
    public HistoryAnswer getHistory(
            @PathParam("code") @Parameter(example = "overseas-schools") String code, @Context UriInfo uri) {
        accessPolicy.visibleProvince();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        ExplanationParameters.requireOneValue(parameters);
        HistorySpan span = parseSpan(parameters);
        Figure figure = catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
        FigureQuery query = accessPolicy.restrictToProvince(
                queries.parse(figure, parameters, Set.of(OVER_PARAMETER), asOfResolver.todayAt(null)));
        ZonedDateTime now = ZonedDateTime.now(clock);
        List<Instant> points = span.pointsBefore(now);
        List<Object> key = List.of(query, points);
        KeptHistory before = findKept(key);
        if (before != null && before.until().isAfter(now.toInstant())) {
            return before.answer();
        }
        HistoryAnswer answer = computeHistory(query, span, points);
        keep(key, new KeptHistory(answer, now.toInstant().plus(KEPT_FOR)));
        return answer;
    }

    private HistoryAnswer computeHistory(FigureQuery query, HistorySpan span, List<Instant> points) {
        Instant beginning = asOfResolver.firstCheckpoint().time();
        List<Checkpoint> checkpoints = points.stream()
                .filter(beginning::isBefore)
                .map(point -> asOfResolver.checkpointOf(OVER_PARAMETER, point))
                .toList();
        List<KnownValueAnswer> items = checkpoints.isEmpty()
                ? List.of()
                : attribution.traceValue(query, checkpoints).stream()
                        .map(known -> new KnownValueAnswer(known.time(), known.shownValue()))
                        .toList();
        return new HistoryAnswer(FigureHeading.of(query.figure()), query.formatFilters(), nameOf(span), items);
    }

    private static HistorySpan parseSpan(Map<String, List<String>> parameters) {
        List<String> texts = parameters.getOrDefault(OVER_PARAMETER, List.of());
        for (HistorySpan span : HistorySpan.values()) {
            if (texts.equals(List.of(nameOf(span)))) {
                return span;
            }
        }
        throw QueryRefusals.malformed(OVER_PARAMETER, "span", "Expected day or month.", "应为 day 或 month。");
    }

    private static String nameOf(HistorySpan span) {
        return switch (span) {
            case DAY -> "day";
            case MONTH -> "month";
        };
    }

    private @Nullable KeptHistory findKept(List<Object> key) {
        synchronized (kept) {
            return kept.get(key);
        }
    }

    private void keep(List<Object> key, KeptHistory history) {
        synchronized (kept) {
            kept.put(key, history);
            if (kept.size() > MAX_KEPT_ANSWERS) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }
}
