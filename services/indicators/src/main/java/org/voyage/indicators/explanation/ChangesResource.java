package org.voyage.indicators.explanation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
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
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.explanation.Movement.Effect;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sights;
import org.voyage.kit.web.AlsoQuery;

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
    private final Moves moves;
    private final Readership readership;

    ChangesResource(
            Catalogue catalogue,
            QueryReader queries,
            Figures figures,
            Sights sights,
            Moves moves,
            Readership readership) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.figures = figures;
        this.sights = sights;
        this.moves = moves;
        this.readership = readership;
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
                            + " value of today moved because today is another day; `list-changed`: so did the members today of a"
                            + " list.")
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
        FigureQuery query = readership.own(queries.read(indicator, parameters, ALSO, sights.today(to)));
        Moved moved = moves.between(query, from, to, FROM);
        return new ChangesAnswer(
                Heading.of(indicator),
                query.filterTexts(),
                moved.period(),
                answer(moved.from()),
                answer(moved.to()),
                moved.difference(),
                moves.listVersions(query),
                causes(moved.movement(), province));
    }

    private static KnownAnswer answer(Moved.Known known) {
        return new KnownAnswer(new PositionAnswer(known.offsets(), known.moment()), known.value());
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
        movement.passed()
                .forEach((why, amount) -> causes.add(new CauseAnswer(why, why.text(), 0, amount, List.of(), 0)));
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
