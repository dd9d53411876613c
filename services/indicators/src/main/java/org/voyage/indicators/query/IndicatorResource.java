package org.voyage.indicators.query;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.voyage.kit.web.Refusal;

/** The figures, and what each of them is. */
@Path("/v1/indicators")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Indicators", description = "Live national figures, computed from the records of all bureaus.")
@RunOnVirtualThread
public class IndicatorResource {

    private final Catalogue catalogue;
    private final Readership readership;

    IndicatorResource(Catalogue catalogue, Readership readership) {
        this.catalogue = catalogue;
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

    private Figure find(String code) {
        return catalogue.find(code).orElseThrow(Refusal.NotFound::new);
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
