package org.voyage.indicators.explanation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.evidence.PastEvidence.Step;
import org.voyage.indicators.explanation.Movement.Effect;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.web.AlsoQuery;
import org.voyage.kit.web.Refusal;

/** Why a value moved. */
@Path("/v1/indicators/{code}/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Explanations", description = "Why a figure is what it is, and why it moved.")
@RunOnVirtualThread
public class ChangesResource {

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final Set<String> ALSO = Set.of(FROM, TO);
    private static final int TOP = 10;

    private final Catalogue catalogue;
    private final QueryReader queries;
    private final Figures figures;
    private final Sights sights;
    private final KnownFigures known;
    private final PastEvidence evidence;
    private final Reference reference;
    private final Readership readership;
    private final IndicatorsConfig config;
    private final Clock clock;

    ChangesResource(
            Catalogue catalogue,
            QueryReader queries,
            Figures figures,
            Sights sights,
            KnownFigures known,
            PastEvidence evidence,
            Reference reference,
            Readership readership,
            IndicatorsConfig config,
            Clock clock) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.figures = figures;
        this.sights = sights;
        this.known = known;
        this.evidence = evidence;
        this.reference = reference;
        this.readership = readership;
        this.config = config;
        this.clock = clock;
    }

    @Schema(description = "The value as it was known at a moment.")
    public record KnownAnswer(PositionAnswer position, long value) {}

    @Schema(description = "An event that moved the value, and by how much.")
    public record MoverAnswer(
            String record,
            String province,
            String sourceId,
            int version,
            String topic,
            int partition,
            long offset,
            Instant eventTime,
            String change,
            long amount) {}

    @Schema(description = "One cause of the difference.")
    public record CauseAnswer(
            Why cause,
            Text name,

            @Schema(description = "how many events moved the value; 0 for time that passed")
            int events,

            long amount,

            @Schema(description = "the events that moved it most, at most ten, of those that the reader may see")
            List<MoverAnswer> items,

            @Schema(
                    description =
                            "how many of the events are about records of other provinces, which the reader may not see")
            int hidden) {}

    @Schema(description = "The amounts of the causes add up to the difference.")
    public record ChangesAnswer(
            Heading indicator,
            Map<String, String> filters,
            String period,
            KnownAnswer from,
            KnownAnswer to,
            long difference,
            Map<String, String> listVersions,
            List<CauseAnswer> causes) {}

    @GET
    @AlsoQuery("*")
    @Operation(
            summary = "Why a value moved between two moments",
            description =
                    "Takes the filters of values. Goes from what was known at `from` to what was known at `to`, event by"
                            + " event in the order in which they were made, and gives each its exact effect on the value."
                            + " `new`: a record that was not there before; `late`: the same, made long after the end of the year it is"
                            + " about; `parent-changed`: the school or standard that a record belongs to changed; `time-passed`: the"
                            + " value of today moved because today is another day.")
    @Parameter(
            name = FROM,
            in = ParameterIn.QUERY,
            required = true,
            example = "2026-11-01T00:00:00Z",
            description = "the first moment")
    @Parameter(
            name = TO,
            in = ParameterIn.QUERY,
            example = "2026-11-24T10:00:00Z",
            description = "the second moment; absent: now")
    @Parameter(name = "period", in = ParameterIn.QUERY, example = "2023", description = "as for values, without by")
    @Parameter(
            name = "list",
            in = ParameterIn.QUERY,
            example = "belt-and-road@now",
            description = "only countries on this list, as members were at the time (@then) or are today (@now)")
    public ChangesAnswer changes(
            @PathParam("code") @Parameter(example = "overseas-schools") String code, @Context UriInfo uri) {
        Optional<String> province = readership.province();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        Asked.aboutOneValue(parameters);
        Indicator indicator = Asked.counted(catalogue, queries, figures, code, "changes", parameters, ALSO);
        Instant first = Sights.moment(FROM, parameters);
        if (first == null) {
            throw Asked.refused(FROM, "required", "Say from which moment on.", "请指定起始时刻 from。");
        }
        Horizon from = sights.horizon(FROM, first);
        Horizon to = sights.horizon(TO, Sights.moment(TO, parameters));
        if (to.moment().isBefore(from.moment())) {
            throw Asked.refused(TO, "moment-order", "The second moment is before the first.", "结束时刻早于起始时刻。");
        }
        Figures figuresThen = sights.figuresOn(from);
        Figures figuresLast = sights.figuresOn(to);
        FigureQuery query = readership.own(queries.read(indicator, parameters, ALSO, figuresLast.today()));
        List<Step> steps = steps(indicator, from, to);
        Asking before = new Asking(figuresThen, query);
        Asking after = new Asking(figuresLast, query);
        Replay replay = new Replay(indicator, config.asOf().lateAfter(), clock.getZone());
        return known.goOnFrom(indicator, from, replay, own -> {
            KnownAnswer start = answer(own.figures(), before, from);
            Movement movement = replay.run(
                    own.figures(),
                    own.readers(),
                    steps,
                    before,
                    after,
                    KnownFigures.own(indicator, to).next());
            KnownAnswer end = answer(own.figures(), after, to);
            return new ChangesAnswer(
                    new Heading(indicator.code(), indicator.version(), indicator.name(), indicator.unit()),
                    query.filterTexts(),
                    own.figures().read(cut -> figuresLast.periodText(query, after.cells(cut))),
                    start,
                    end,
                    end.value() - start.value(),
                    Asked.listVersions(reference, query),
                    causes(movement, province));
        });
    }

    private record Asking(Figures figures, FigureQuery query) implements Replay.Question {

        List<Cell> cells(Cut cut) {
            return figures.cells(cut, query, Optional.empty());
        }

        @Override
        public long value(Cut cut) {
            return cells(cut).getFirst().value();
        }

        @Override
        public Slice slice(Cut cut) {
            return figures.slice(cut, query);
        }
    }

    private List<Step> steps(Indicator indicator, Horizon from, Horizon to) {
        int most = config.asOf().maxEvents();
        try {
            List<Step> steps = evidence.between(from, to, indicator.records(), most + 1);
            if (steps.size() > most) {
                throw Asked.refused(
                        FROM,
                        "too-many-events",
                        "More than " + most + " events lie between the two moments; choose nearer ones.",
                        "两个时刻之间的事件超过 " + most + " 条，请缩短时间间隔。");
            }
            return steps;
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private static KnownAnswer answer(LiveFigures figures, Asking asking, Horizon horizon) {
        return figures.read(cut ->
                new KnownAnswer(new PositionAnswer(cut.positions().offsets(), horizon.moment()), asking.value(cut)));
    }

    private static List<CauseAnswer> causes(Movement movement, Optional<String> province) {
        List<CauseAnswer> causes = new ArrayList<>();
        movement.effects().forEach((why, effects) -> {
            List<Effect> visible = effects.stream()
                    .filter(effect -> province.map(
                                    own -> effect.step().place().key().startsWith(own + "/"))
                            .orElse(true))
                    .toList();
            causes.add(new CauseAnswer(
                    why,
                    why.text(),
                    effects.size(),
                    effects.stream().mapToLong(Effect::amount).sum(),
                    visible.stream().limit(TOP).map(ChangesResource::mover).toList(),
                    effects.size() - visible.size()));
        });
        if (movement.timePassed() != 0) {
            causes.add(
                    new CauseAnswer(Why.TIME_PASSED, Why.TIME_PASSED.text(), 0, movement.timePassed(), List.of(), 0));
        }
        return causes;
    }

    private static MoverAnswer mover(Effect effect) {
        Place place = effect.step().place();
        int slash = place.key().indexOf('/');
        return new MoverAnswer(
                effect.step().record(),
                place.key().substring(0, slash),
                place.key().substring(slash + 1),
                place.version(),
                place.topic(),
                place.partition(),
                place.offset(),
                place.eventTime(),
                place.change(),
                effect.amount());
    }
}
