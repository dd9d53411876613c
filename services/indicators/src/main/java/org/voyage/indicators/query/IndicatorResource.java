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
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.PeriodRule;
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
                catalogue.all().stream().map(IndicatorResource::answer).toList());
    }

    @GET
    @Path("/{code}")
    @Operation(summary = "One figure", description = "Its name, unit, dimensions and derivation.")
    public IndicatorAnswer one(@PathParam("code") @Parameter(example = "overseas-schools") String code) {
        readership.province();
        return answer(find(code));
    }

    private Indicator find(String code) {
        return catalogue.find(code).orElseThrow(Refusal.NotFound::new);
    }

    private static IndicatorAnswer answer(Indicator indicator) {
        return new IndicatorAnswer(
                indicator.code(),
                indicator.version(),
                indicator.name(),
                indicator.unit(),
                indicator.record(),
                switch (indicator.period()) {
                    case PeriodRule.Stock _ -> "stock";
                    case PeriodRule.FlowOnDate _ -> "flow";
                    case PeriodRule.FlowOfYear _ -> "flow-of-year";
                },
                indicator.dimensions(),
                indicator.lists(),
                indicator.derivation());
    }
}
