package org.voyage.indicators.completeness;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.kit.web.Refusal;

/** Whether years of a figure may be compared: how many provinces are in each. */
@Path("/v1/indicators/{code}/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Completeness", description = "Who has sent what, and how far each year has come.")
@RunOnVirtualThread
public class CoverageResource {

    private static final int RECENT = 5;

    private final Catalogue catalogue;
    private final Figures figures;
    private final LiveFigures live;
    private final Coverage coverage;
    private final Topics topics;
    private final Readership readership;
    private final Clock clock;

    CoverageResource(
            Catalogue catalogue,
            Figures figures,
            LiveFigures live,
            Coverage coverage,
            Topics topics,
            Readership readership,
            Clock clock) {
        this.catalogue = catalogue;
        this.figures = figures;
        this.live = live;
        this.coverage = coverage;
        this.topics = topics;
        this.readership = readership;
        this.clock = clock;
    }

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
                            + " closed it, with a warning where"
                            + " provinces of the year before are missing, or others are there.")
    public CoverageAnswer coverage(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @QueryParam("period")
                    @Parameter(example = "2021..2025", description = "a year or years; absent: the last five")
                    @Nullable
                    String period) {
        Optional<String> own = readership.province();
        Figure figure = catalogue.find(code).orElseThrow(Refusal.NotFound::new);
        Period years = period == null ? new Period.Current() : QueryReader.period(List.of(period), figures.today());
        readership.figuresAreThere();
        int today = figures.today().getYear();
        return switch (years) {
            case Period.Current _ -> answer(figure, today - RECENT + 1, today, own);
            case Period.Year year -> answer(figure, year.year(), year.year(), own);
            case Period.Years several -> answer(figure, several.first(), several.last(), own);
            case Period.Month month ->
                answer(figure, month.month().getYear(), month.month().getYear(), own);
        };
    }

    private CoverageAnswer answer(Figure figure, int first, int last, Optional<String> own) {
        Looked looked = live.read(cut -> new Looked(
                coverage.seen(cut, figure), new PositionAnswer(cut.positions().offsets(), clock.instant())));
        return new CoverageAnswer(
                figure.code(),
                figure.counted().stream()
                        .map(counted -> topics.service(counted.record()))
                        .distinct()
                        .collect(Collectors.joining(",")),
                looked.position(),
                coverage.years(figure, looked.seen(), Coverage.Compared.range(figure, first, last), Set.of(), own));
    }

    private record Looked(Coverage.Seen seen, PositionAnswer position) {}
}
