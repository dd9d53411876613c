package org.voyage.indicators.query;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.query.Answers.DerivedAnswer;
import org.voyage.indicators.query.Answers.IndicatorAnswer;
import org.voyage.indicators.query.Answers.IndicatorsAnswer;
import org.voyage.indicators.query.Answers.TableAnswer;
import org.voyage.kit.problem.Refusal;

/** The figures, and what each of them is. */
@Path("/v1/indicators")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Indicators", description = "Live national figures, computed from the records of all bureaus.")
@RunOnVirtualThread
public class IndicatorResource {

    private static final String OUTSIDE =
            "Alliances, and everybody where figures are public, see the figures and dimensions that are for readers outside.";

    private final Catalogue catalogue;
    private final Readership readership;
    private final OutsideView outside;

    IndicatorResource(Catalogue catalogue, Readership readership, OutsideView outside) {
        this.catalogue = catalogue;
        this.readership = readership;
        this.outside = outside;
    }

    @GET
    @PermitAll
    @Operation(
            summary = "All figures",
            description = "Every figure with its name, unit, dimensions and derivation. " + OUTSIDE)
    public IndicatorsAnswer all() {
        if (readership.isOutside()) {
            return new IndicatorsAnswer(catalogue.figures().stream()
                    .filter(OutsideView::shows)
                    .map(this::shown)
                    .toList());
        }
        readership.province();
        return new IndicatorsAnswer(
                catalogue.figures().stream().map(IndicatorResource::answer).toList());
    }

    @GET
    @Path("/{code}")
    @PermitAll
    @Operation(summary = "One figure", description = "Its name, unit, dimensions and derivation. " + OUTSIDE)
    public IndicatorAnswer one(@PathParam("code") @Parameter(example = "overseas-schools") String code) {
        if (readership.isOutside()) {
            Figure figure = find(code);
            OutsideView.check(figure);
            return shown(figure);
        }
        readership.province();
        return answer(find(code));
    }

    private Figure find(String code) {
        return catalogue.find(code).orElseThrow(Refusal.NotFound::new);
    }

    private IndicatorAnswer shown(Figure figure) {
        return answer(figure, outside.dimensions(figure), outside.lists(figure), outside.tables(figure));
    }

    private static IndicatorAnswer answer(Figure figure) {
        return answer(figure, figure.dimensions(), figure.lists(), List.of());
    }

    private static IndicatorAnswer answer(
            Figure indicator, List<String> dimensions, List<String> lists, List<TableAnswer> tables) {
        return new IndicatorAnswer(
                indicator.code(),
                indicator.version(),
                indicator.name(),
                indicator.unit(),
                indicator.counted().getFirst().record(),
                indicator.isStock() ? "stock" : indicator.isKnownByYearOnly() ? "flow-of-year" : "flow",
                dimensions,
                lists,
                tables,
                indicator.derivation(),
                indicator instanceof Derived derived ? answer(derived.rule()) : null);
    }

    private static DerivedAnswer answer(Rule rule) {
        return new DerivedAnswer(
                rule.kind(),
                rule.operands().stream().map(Figure::code).distinct().toList());
    }
}
