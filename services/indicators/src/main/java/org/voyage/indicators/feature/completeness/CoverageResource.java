package org.voyage.indicators.feature.completeness;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.completeness.CoverageCalculator.ComparedYears;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: number of provinces in each year of a figure, to judge whether years are comparable. */
@Path("/v1/indicators/{code}/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Completeness", description = "Records that provinces sent, and the state of each year. / 报送情况：各省的报送和各年度状态")
@RunOnVirtualThread
public class CoverageResource {

    private static final int DEFAULT_YEARS = 5;

    private final FigureCatalogue catalogue;
    private final AsOfViewResolver asOfResolver;
    private final CoverageCalculator coverage;
    private final LogTopics topics;
    private final FigureAccessPolicy accessPolicy;
    private final Clock clock;

    CoverageResource(
            FigureCatalogue catalogue,
            AsOfViewResolver asOfResolver,
            CoverageCalculator coverage,
            LogTopics topics,
            FigureAccessPolicy accessPolicy,
            Clock clock) {
        this.catalogue = catalogue;
        this.asOfResolver = asOfResolver;
        this.coverage = coverage;
        this.topics = topics;
        this.accessPolicy = accessPolicy;
        this.clock = clock;
    }

    @Schema(name = "CoverageAnswer")
    public record CoverageAnswer(
            String indicator,

            @Schema(
                    description = "service whose records the figure counts; several are separated by commas / "
                            + "指标所计记录的业务；多项业务以逗号分隔")
            String service,

            PositionAnswer position,
            List<CoverageYear> years) {}

    @GET
    @Operation(
            operationId = "getCoverage",
            summary = "Whether years of a figure may be compared / 查询年度是否可比",
            description =
                    "By year: the number of provinces with records about it, of all types that the figure counts, and"
                            + " the number that have closed it. A warning says that its coverage differs from the compared year."
                            + " Provinces are missing or new, have far fewer or more records than expected, or have closed only"
                            + " the other year. For a past moment the answer has only what follows from the records and states"
                            + " known then; the rest is null. / "
                            + "按年度列出有应计记录的省份数和已完成该年度的省份数。与对比年度的报送范围不同的，给出提示：省份缺报"
                            + "或新增，记录数明显偏少或偏多，或只完成了对比年度。查询历史时点时，只给出当时所知记录和年度状态可得"
                            + "出的内容，其余为 null。")
    public CoverageAnswer coverage(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @QueryParam("period")
                    @Parameter(
                            example = "2021..2025",
                            description = "a year or years; absent: the last five / 年度或起止年度；不填的为最近五年")
                    @Nullable
                    String period,
            @QueryParam(AsOfViewResolver.AS_OF)
                    @Parameter(
                            example = "2026-11-24T10:00:00Z",
                            description =
                                    "as known at this point in time, by the definition of that time; absent: now / "
                                            + "历史时点，按当时所知和当时的口径；不填的为现在")
                    @Nullable
                    String asOf) {
        Optional<String> own = accessPolicy.visibleProvince();
        Figure figure = catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
        Instant moment = QueryParameters.parseInstant(AsOfViewResolver.AS_OF, asOf);
        Checkpoint checkpoint = moment == null ? null : asOfResolver.checkpointOf(AsOfViewResolver.AS_OF, moment);
        LocalDate today = asOfResolver.todayAt(checkpoint);
        PeriodFilter years = period == null
                ? new PeriodFilter.CurrentPeriod()
                : FigureQueryParser.parsePeriod(List.of(period), today);
        if (checkpoint != null) {
            return answerAsOf(asOfResolver.definitionAt(figure, checkpoint), checkpoint, years, today, own);
        }
        accessPolicy.requireFiguresReady();
        return answerNow(figure, years, today, own);
    }

    private static ComparedYears parseComparedYears(Figure figure, PeriodFilter period, LocalDate today) {
        int current = today.getYear();
        return switch (period) {
            case PeriodFilter.CurrentPeriod _ ->
                ComparedYears.ofRange(figure, current - DEFAULT_YEARS + 1, current, today);
            case PeriodFilter.YearPeriod year -> ComparedYears.ofRange(figure, year.year(), year.year(), today);
            case PeriodFilter.YearRangePeriod several ->
                ComparedYears.ofRange(figure, several.firstYear(), several.lastYear(), today);
            case PeriodFilter.MonthPeriod month ->
                ComparedYears.ofRange(
                        figure, month.month().getYear(), month.month().getYear(), today);
        };
    }

    private CoverageAnswer answerNow(Figure figure, PeriodFilter period, LocalDate today, Optional<String> own) {
        PositionedInputs looked = asOfResolver
                .liveView()
                .readView(view -> new PositionedInputs(
                        coverage.readInputs(view, figure), view.positions().offsetsByTopic()));
        return toAnswer(
                figure,
                new PositionAnswer(looked.offsets(), clock.instant()),
                coverage.findOrComputeCoverage(
                                figure, looked.inputs(), parseComparedYears(figure, period, today), Set.of(), own)
                        .years());
    }

    private CoverageAnswer answerAsOf(
            Figure figure, Checkpoint checkpoint, PeriodFilter period, LocalDate today, Optional<String> own) {
        PositionedInputs looked = asOfResolver
                .viewOf(figure, checkpoint)
                .readView(view -> new PositionedInputs(
                        coverage.readPastInputs(view, figure), view.positions().offsetsByTopic()));
        boolean known = !looked.offsets().isEmpty();
        return toAnswer(
                figure,
                new PositionAnswer(looked.offsets(), checkpoint.time()),
                coverage.computePastCoverage(
                                figure,
                                looked.inputs(),
                                checkpoint.time(),
                                known,
                                parseComparedYears(figure, period, today),
                                Set.of(),
                                own)
                        .years());
    }

    private CoverageAnswer toAnswer(Figure figure, PositionAnswer position, List<CoverageYear> years) {
        return new CoverageAnswer(
                figure.code(),
                figure.countedFigures().stream()
                        .map(counted -> topics.serviceOf(counted.record()))
                        .distinct()
                        .collect(Collectors.joining(",")),
                position,
                years);
    }

    private record PositionedInputs(CoverageCalculator.CoverageInputs inputs, Map<String, Map<String, Long>> offsets) {}
}
