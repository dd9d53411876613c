package org.voyage.indicators.explanation;

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
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
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
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.explanation.Movement.Effect;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.problem.Refusal;

/** Why a value moved. */
@Path("/v1/indicators/{code}/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Explanations", description = "Why a figure is what it is, and why it moved.")
@RunOnVirtualThread
public class ChangesResource {

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final Set<String> ALSO = Set.of(FROM, TO);
    private static final int DIGITS = 10;

    private final Catalogue catalogue;
    private final QueryReader queries;
    private final Sights sights;
    private final Moves moves;
    private final Readership readership;

    ChangesResource(Catalogue catalogue, QueryReader queries, Sights sights, Moves moves, Readership readership) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.sights = sights;
        this.moves = moves;
        this.readership = readership;
    }

    @Schema(
            name = "KnownAnswer",
            description = "The value as it was known at a moment, by the definition and the lists of then.")
    public record KnownAnswer(
            PositionAnswer position,

            @Schema(nullable = true, description = "null where there is none, as of a share of nothing")
            @JsonProperty("value")
            @Nullable
            BigDecimal value,

            @Schema(description = "version of the definition that it is by", examples = "1")
            int version,

            @Schema(description = "version of each list that decided what counts")
            Map<String, String> listVersions) {}

    @Schema(name = "MoverAnswer", description = "An event that moved the value, and by how much.")
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

            @Schema(description = "exact; of what does not end, the first digits")
            BigDecimal amount) {}

    @Schema(name = "CauseAnswer", description = "One cause of the difference.")
    public record CauseAnswer(
            Why cause,
            Text name,

            @Schema(description = "how many events moved the value; 0 where none did, as when time passed")
            int events,

            @Schema(
                    description =
                            "a whole number for counts; of what is derived with two decimals, so that the causes add up")
            BigDecimal amount,

            @Schema(description = "the events that moved it most, at most ten, of those that the reader may see")
            List<MoverAnswer> items,

            @Schema(
                    description =
                            "how many of the events are about records of other provinces, which the reader may not see")
            int hidden) {}

    @Schema(
            name = "ChangesAnswer",
            description =
                    "The amounts of the causes add up to the difference. A value that is not there counts as 0 in it.")
    public record ChangesAnswer(
            Heading indicator,
            Map<String, String> filters,
            String period,
            KnownAnswer from,
            KnownAnswer to,
            BigDecimal difference,
            List<CauseAnswer> causes) {}

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            summary = "Why a value moved between two moments",
            description =
                    "Takes the filters of values. Goes from what was known at `from` to what was known at `to`, event by"
                            + " event in the order in which they were made, and gives each its exact effect on the value; on"
                            + " one that is derived from others, what deriving it again makes of it."
                            + " `new`: a record that was not there before; `late`: the same, made long after the end of the year it is"
                            + " about; `parent-changed`: the school or standard that a record belongs to changed; `time-passed`: the"
                            + " value of today moved because today is another day; `list-changed`: members of a list, or the"
                            + " countries of a region, are known otherwise, or are others today; `definition-changed`: the figure was defined otherwise.")
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
            description =
                    "only countries on this list, as members were at the time (@then) or are today (@now); with ! before it, only those not on it")
    public ChangesAnswer changes(
            @PathParam("code") @Parameter(example = "overseas-schools") String code, @Context UriInfo uri) {
        Optional<String> province = readership.province();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        Asked.aboutOneValue(parameters);
        Figure served = catalogue.find(code).orElseThrow(Refusal.NotFound::new);
        Instant first = Sights.moment(FROM, parameters);
        if (first == null) {
            throw Wrong.of(FROM, "required", "Say from which moment on.", "请指定起始时刻 from。");
        }
        Horizon from = sights.horizon(FROM, first);
        Instant second = Sights.moment(TO, parameters);
        Horizon to = sights.horizon(TO, second);
        if (to.moment().isBefore(from.moment())) {
            throw Wrong.of(TO, "moment-order", "The second moment is before the first.", "结束时刻早于起始时刻。");
        }
        Figure figure = second == null ? served : sights.defined(served, to);
        FigureQuery query = readership.own(queries.read(figure, parameters, ALSO, sights.today(to)));
        Moved moved = moves.between(
                query,
                other -> read(other, parameters, sights.today(to)),
                from,
                to,
                place -> province.map(place.province()::equals).orElse(true));
        return new ChangesAnswer(
                Heading.of(query.indicator()),
                query.filterTexts(),
                moved.period(),
                answer(moved.from()),
                answer(moved.to()),
                moved.difference(),
                causes(moved));
    }

    /** Another definition may not know all that is asked for. */
    private Optional<FigureQuery> read(Figure figure, Map<String, List<String>> parameters, LocalDate day) {
        try {
            return Optional.of(readership.own(queries.read(figure, parameters, ALSO, day)));
        } catch (Refusal.Malformed e) {
            return Optional.empty();
        }
    }

    private static KnownAnswer answer(Moved.Known known) {
        return new KnownAnswer(
                new PositionAnswer(known.offsets(), known.moment()), known.shown(), known.version(), known.lists());
    }

    private static List<CauseAnswer> causes(Moved moved) {
        List<CauseAnswer> causes = new ArrayList<>();
        for (Moved.Part part : moved.parts()) {
            Movement.Effects effects = moved.movement().effects(part.cause());
            causes.add(new CauseAnswer(
                    part.cause(),
                    part.cause().text(),
                    part.events(),
                    part.amount(),
                    effects.largest().stream().map(ChangesResource::mover).toList(),
                    effects.hidden()));
        }
        return causes;
    }

    private static MoverAnswer mover(Effect effect) {
        Place place = effect.place();
        return new MoverAnswer(
                effect.record(),
                place.province(),
                place.sourceId(),
                place.version(),
                place.topic(),
                place.partition(),
                place.offset(),
                place.eventTime(),
                place.change(),
                digits(effect.amount()));
    }

    private static BigDecimal digits(BigDecimal amount) {
        return Cell.whole(amount.scale() > DIGITS ? amount.setScale(DIGITS, RoundingMode.HALF_UP) : amount);
    }
}
