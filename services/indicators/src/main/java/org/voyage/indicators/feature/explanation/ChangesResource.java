package org.voyage.indicators.feature.explanation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.explanation.AttributedChange.EventEffect;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.query.AsOfViewFactory;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.log.VersionOrder;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: why a value changed. */
@Path("/v1/indicators/{code}/changes")
@Tag(name = "Explanations", description = "Why a figure is what it is, and why it moved.")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class ChangesResource {

    private static final String FROM_PARAMETER = "from";
    private static final String TO_PARAMETER = "to";
    private static final Set<String> EXTRA_PARAMETERS =
            Set.of(FROM_PARAMETER, TO_PARAMETER, TabularResponder.FORMAT_PARAMETER);
    private static final int AMOUNT_SCALE = 10;

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;
    private final AsOfViewFactory asOfResolver;
    private final ChangeAttributionService attribution;
    private final FigureAccessPolicy accessPolicy;
    private final ChangesReport reports;

    ChangesResource(
            FigureCatalogue catalogue,
            FigureQueryParser queries,
            AsOfViewFactory asOfResolver,
            ChangeAttributionService moves,
            FigureAccessPolicy accessPolicy,
            ChangesReport reports) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.asOfResolver = asOfResolver;
        this.attribution = moves;
        this.accessPolicy = accessPolicy;
        this.reports = reports;
    }

    @Schema(
            name = "KnownAnswer",
            description = "The value as known at a point in time, by the definition and the lists of that time.")
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

    @Schema(name = "Contribution", description = "One part of the difference, by what it came from.")
    public record ContributionAnswer(
            ChangeReason kind,
            LocalizedText name,

            @Schema(description = "how many events moved the value; 0 where none did, as when time passed")
            int events,

            @Schema(
                    description =
                            "a whole number for counts; of what is derived with two decimals, so that they add up")
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
                    "The amounts of the contributions add up to the difference. A value that is not there counts as 0 in it.")
    public record ChangesAnswer(
            FigureHeading indicator,
            Map<String, String> filters,
            String period,
            KnownAnswer from,
            KnownAnswer to,
            BigDecimal difference,

            @Schema(description = "the largest amount first, whatever its sign")
            List<ContributionAnswer> contributions) {}

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "getIndicatorChanges",
            summary = "Why a value moved between two moments",
            description =
                    "Takes the filters of values. Goes from what was known at `from` to what was known at `to`, event by"
                            + " event in the order in which they were made, and gives each its exact effect on the value; on"
                            + " one that is derived from others, what deriving it again makes of it."
                            + " `new`: a record that was not there before; `late`: the same, made long after the end of the year it is"
                            + " about; `parent-changed`: the school or standard that a record belongs to changed; `time-passed`: the"
                            + " value of today moved because today is another day; `list-changed`: members of a list, or the"
                            + " countries of a region, are known otherwise, or are others today; `definition-changed`: the figure was defined otherwise."
                            + " As a file: a line for each cause, the largest amount first, followed by a line for each of"
                            + " its events, with the names of records, and where these are found.")
    @Parameter(
            name = FROM_PARAMETER,
            in = ParameterIn.QUERY,
            required = true,
            example = "2026-11-01T00:00:00Z",
            description = "the first moment")
    @Parameter(
            name = TO_PARAMETER,
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
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = ChangesAnswer.class)))
    public Response getChanges(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        Optional<String> province = accessPolicy.visibleProvince();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        TabularResponder responder = TabularResponder.negotiate(
                parameters.getOrDefault(TabularResponder.FORMAT_PARAMETER, List.of()), headers);
        ExplanationParameters.requireOneValue(parameters);
        Figure served = catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
        Instant first = AsOfViewFactory.parseInstant(FROM_PARAMETER, parameters);
        if (first == null) {
            throw QueryRefusals.malformed(FROM_PARAMETER, "required", "Say from which moment on.", "请指定起始时刻 from。");
        }
        Checkpoint from = asOfResolver.checkpointOf(FROM_PARAMETER, first);
        Instant second = AsOfViewFactory.parseInstant(TO_PARAMETER, parameters);
        Checkpoint to = asOfResolver.checkpointOf(TO_PARAMETER, second);
        if (to.time().isBefore(from.time())) {
            throw QueryRefusals.malformed(
                    TO_PARAMETER, "moment-order", "The second moment is before the first.", "结束时刻早于起始时刻。");
        }
        Figure figure = second == null ? served : asOfResolver.definitionAt(served, to);
        FigureQuery query = accessPolicy.restrictToProvince(
                queries.parse(figure, parameters, EXTRA_PARAMETERS, asOfResolver.todayAt(to)));
        ValueChange change = attribution.attributeChange(
                query,
                other -> readForDefinition(other, parameters, asOfResolver.todayAt(to)),
                from,
                to,
                place -> province.map(place.province()::equals).orElse(true));
        ChangesAnswer answer = new ChangesAnswer(
                FigureHeading.of(query.figure()),
                query.formatFilters(),
                change.period(),
                toAnswer(change.from()),
                toAnswer(change.to()),
                change.difference(),
                toAnswers(change));
        return responder.respond(answer, () -> reports.toReport(answer)).build();
    }

    /** Returns empty when the other definition does not have all parameters. */
    private Optional<FigureQuery> readForDefinition(
            Figure figure, Map<String, List<String>> parameters, LocalDate day) {
        try {
            return Optional.of(
                    accessPolicy.restrictToProvince(queries.parse(figure, parameters, EXTRA_PARAMETERS, day)));
        } catch (Refusal.Malformed e) {
            return Optional.empty();
        }
    }

    private static KnownAnswer toAnswer(ValueChange.ValueAtCheckpoint known) {
        return new KnownAnswer(
                new PositionAnswer(known.offsets(), known.time()),
                known.shownValue(),
                known.version(),
                known.listVersions());
    }

    private static List<ContributionAnswer> toAnswers(ValueChange change) {
        List<ContributionAnswer> causes = new ArrayList<>();
        for (ValueChange.CauseShare part : change.causeShares()) {
            AttributedChange.CauseSummary effects = change.attribution().effectsOf(part.cause());
            causes.add(new ContributionAnswer(
                    part.cause(),
                    part.cause().text(),
                    part.events(),
                    part.amount(),
                    effects.largestVisible().stream()
                            .map(ChangesResource::toMover)
                            .toList(),
                    effects.hiddenEvents()));
        }
        causes.sort(Comparator.comparing(
                (ContributionAnswer cause) -> cause.amount().abs(), Comparator.reverseOrder()));
        return causes;
    }

    private static MoverAnswer toMover(EventEffect effect) {
        VersionLocation place = effect.place();
        return new MoverAnswer(
                effect.record(),
                place.province(),
                place.sourceId(),
                VersionOrder.versionOf(place.version()),
                place.topic(),
                place.partition(),
                place.offset(),
                place.eventTime(),
                place.change(),
                roundAmount(effect.amount()));
    }

    private static BigDecimal roundAmount(BigDecimal amount) {
        return ResultCell.stripDecimals(
                amount.scale() > AMOUNT_SCALE ? amount.setScale(AMOUNT_SCALE, RoundingMode.HALF_UP) : amount);
    }
}
