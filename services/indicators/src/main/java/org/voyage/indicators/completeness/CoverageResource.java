package org.voyage.indicators.completeness;

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
import org.voyage.indicators.completeness.Coverage.Compared;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sights;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** Whether years of a figure may be compared: how many provinces are in each. */
@Path("/v1/indicators/{code}/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Completeness", description = "Who has sent what, and how far each year has come.")
@RunOnVirtualThread
public class CoverageResource {

    private static final int RECENT = 5;

    private final Catalogue catalogue;
    private final Sights sights;
    private final Coverage coverage;
    private final Topics topics;
    private final Readership readership;
    private final Clock clock;

    CoverageResource(
            Catalogue catalogue, Sights sights, Coverage coverage, Topics topics, Readership readership, Clock clock) {
        this.catalogue = catalogue;
        this.sights = sights;
        this.coverage = coverage;
        this.topics = topics;
        this.readership = readership;
        this.clock = clock;
    }

    @Schema(name = "CoverageAnswer")
    public record CoverageAnswer(
            String indicator,

            @Schema(description = "whose records the figure is made of; several separated by commas")
            String service,

            PositionAnswer position,
            List<CoverageYear> years) {}

    @GET
    @Operation(
            summary = "Whether years of a figure may be compared",
            description =
                    "Per year how many provinces have records about it, of all that the figure is made of, and how many have"
                            + " closed it, with a warning where it is covered otherwise than the year that it is compared with:"
                            + " provinces are missing, or new, have far fewer or more records than are expected of them, or"
                            + " have closed that year and not this one. Of a past moment there is"
                            + " what follows from the records known then; the rest is null.")
    public CoverageAnswer coverage(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @QueryParam("period")
                    @Parameter(example = "2021..2025", description = "a year or years; absent: the last five")
                    @Nullable
                    String period,
            @QueryParam(Sights.AS_OF)
                    @Parameter(
                            example = "2026-11-24T10:00:00Z",
                            description = "as it was known at this moment, by the definition of then; absent: now")
                    @Nullable
                    String asOf) {
        Optional<String> own = readership.province();
        Figure figure = catalogue.find(code).orElseThrow(Refusal.NotFound::new);
        Instant moment = QueryParameters.parseInstant(Sights.AS_OF, asOf);
        Horizon horizon = moment == null ? null : sights.horizon(Sights.AS_OF, moment);
        LocalDate today = sights.today(horizon);
        Period years = period == null ? new Period.Current() : QueryReader.period(List.of(period), today);
        if (horizon != null) {
            return then(sights.defined(figure, horizon), horizon, years, today, own);
        }
        readership.figuresAreThere();
        return now(figure, years, today, own);
    }

    private static Compared compared(Figure figure, Period period, LocalDate today) {
        int current = today.getYear();
        return switch (period) {
            case Period.Current _ -> Compared.range(figure, current - RECENT + 1, current, today);
            case Period.Year year -> Compared.range(figure, year.year(), year.year(), today);
            case Period.Years several -> Compared.range(figure, several.first(), several.last(), today);
            case Period.Month month ->
                Compared.range(figure, month.month().getYear(), month.month().getYear(), today);
        };
    }

    private CoverageAnswer now(Figure figure, Period period, LocalDate today, Optional<String> own) {
        Looked looked = sights.now()
                .read(cut ->
                        new Looked(coverage.seen(cut, figure), cut.positions().offsets()));
        return answer(
                figure,
                new PositionAnswer(looked.offsets(), clock.instant()),
                coverage.years(figure, looked.seen(), compared(figure, period, today), Set.of(), own));
    }

    private CoverageAnswer then(Figure figure, Horizon horizon, Period period, LocalDate today, Optional<String> own) {
        Looked looked = sights.of(figure, horizon)
                .read(cut -> new Looked(
                        coverage.seenThen(cut, figure), cut.positions().offsets()));
        boolean known = !looked.offsets().isEmpty();
        return answer(
                figure,
                new PositionAnswer(looked.offsets(), horizon.moment()),
                coverage.yearsThen(looked.seen(), known, compared(figure, period, today), Set.of(), own));
    }

    private CoverageAnswer answer(Figure figure, PositionAnswer position, List<CoverageYear> years) {
        return new CoverageAnswer(
                figure.code(),
                figure.counted().stream()
                        .map(counted -> topics.service(counted.record()))
                        .distinct()
                        .collect(Collectors.joining(",")),
                position,
                years);
    }

    private record Looked(Coverage.Seen seen, Map<String, Map<String, Long>> offsets) {}
}
