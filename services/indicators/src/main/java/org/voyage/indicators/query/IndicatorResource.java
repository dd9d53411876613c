package org.voyage.indicators.query;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.query.Answers.DerivedAnswer;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.IndicatorAnswer;
import org.voyage.indicators.query.Answers.IndicatorsAnswer;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Answers.ValuesAnswer;
import org.voyage.kit.web.AlsoQuery;
import org.voyage.kit.web.Refusal;

/** The figures and their values. */
@Path("/v1/indicators")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Indicators", description = "Live national figures, computed from the records of all bureaus.")
@RunOnVirtualThread
public class IndicatorResource {

    private static final Set<String> ALSO = Set.of("receipt", Sights.AS_OF);

    private final Catalogue catalogue;
    private final Sights sights;
    private final QueryReader queries;
    private final Receipts receipts;
    private final Labels labels;
    private final Readership readership;

    IndicatorResource(
            Catalogue catalogue,
            Sights sights,
            QueryReader queries,
            Receipts receipts,
            Labels labels,
            Readership readership) {
        this.catalogue = catalogue;
        this.sights = sights;
        this.queries = queries;
        this.receipts = receipts;
        this.labels = labels;
        this.readership = readership;
    }

    @GET
    @Operation(summary = "All figures", description = "Every figure with its name, unit, dimensions and derivation.")
    public IndicatorsAnswer all() {
        readership.province();
        return new IndicatorsAnswer(
                catalogue.figures().stream().map(IndicatorResource::answer).toList());
    }

    @GET
    @Path("/{code}")
    @Operation(summary = "One figure", description = "Its name, unit, dimensions and derivation.")
    public IndicatorAnswer one(@PathParam("code") @Parameter(example = "overseas-schools") String code) {
        readership.province();
        return answer(find(code));
    }

    @GET
    @Path("/{code}/values")
    @AlsoQuery("*")
    @Operation(
            summary = "Values of a figure",
            description = "All values of one answer hold at the same moment, which `position` names."
                    + " Besides the parameters below every dimension of the figure is a filter"
                    + " (`hostCountry=THA`, several codes separated by commas).")
    @Parameter(
            name = "by",
            in = ParameterIn.QUERY,
            example = "year,hostCountry",
            description = "what to split by: year, dimensions, list:belt-and-road@then (members at the time) or @now")
    @Parameter(
            name = "period",
            in = ParameterIn.QUERY,
            example = "2012..2023",
            description = "a year (2021), a month (2021-08: a stock at its end) or years (2012..2023);"
                    + " absent: as of today, or with by=year every year from the first to the current one")
    @Parameter(
            name = "list",
            in = ParameterIn.QUERY,
            example = "belt-and-road@now",
            description = "only countries on this list, as members were at the time (@then) or are today (@now)")
    @Parameter(
            name = "receipt",
            in = ParameterIn.QUERY,
            description = "the Voyage-Receipt of a write: the answer includes it, or is 503 receipt-pending")
    @Parameter(
            name = "asOf",
            in = ParameterIn.QUERY,
            example = "2026-11-24T10:00:00Z",
            description =
                    "the figure as it was known at this moment, whatever was reported, corrected or withdrawn later")
    public ValuesAnswer values(
            @PathParam("code") @Parameter(example = "overseas-schools") String code, @Context UriInfo uri) {
        Optional<String> province = readership.province();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        Figure indicator = find(code);
        Sight sight = sights.of(indicator, parameters);
        FigureQuery query = readership.own(queries.read(indicator, parameters, ALSO, sight.today()));
        readership.figuresAreThere();
        receipts.await(parameters.getOrDefault("receipt", List.of()));
        return sight.read(cut -> {
            List<Cell> cells = sight.figures().cells(cut, query, province);
            return new ValuesAnswer(
                    heading(query.indicator()),
                    query.byNames(),
                    query.filterTexts(),
                    sight.figures().periodText(query, cells),
                    new PositionAnswer(cut.positions().offsets(), sight.time()),
                    cells.stream().map(IndicatorResource::value).toList(),
                    labels.of(query, cells),
                    sight.figures().components(cut, query));
        });
    }

    private Figure find(String code) {
        return catalogue.find(code).orElseThrow(Refusal.NotFound::new);
    }

    private static Map<String, Object> value(Cell cell) {
        Map<String, Object> value = new LinkedHashMap<>(cell.at());
        value.put("value", cell.shown());
        return value;
    }

    private static Heading heading(Figure indicator) {
        return new Heading(indicator.code(), indicator.version(), indicator.name(), indicator.unit());
    }

    private static IndicatorAnswer answer(Figure indicator) {
        return new IndicatorAnswer(
                indicator.code(),
                indicator.version(),
                indicator.name(),
                indicator.unit(),
                indicator.counted().getFirst().record(),
                indicator.isStock() ? "stock" : indicator.isKnownByYearOnly() ? "flow-of-year" : "flow",
                indicator.dimensions(),
                indicator.lists(),
                indicator.derivation(),
                indicator instanceof Derived derived ? answer(derived.rule()) : null);
    }

    private static DerivedAnswer answer(Rule rule) {
        return new DerivedAnswer(
                rule.kind(),
                rule.operands().stream().map(Figure::code).distinct().toList());
    }
}
