package org.voyage.indicators.feature.values;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureResponses.DerivedAnswer;
import org.voyage.indicators.query.FigureResponses.IndicatorAnswer;
import org.voyage.indicators.query.FigureResponses.IndicatorsAnswer;
import org.voyage.indicators.query.FigureResponses.TableAnswer;
import org.voyage.indicators.query.HeadlineAnswer;
import org.voyage.indicators.query.http.PublicFigureView;
import org.voyage.kit.problem.Refusal;

/** HTTP resource of the figures: their list and their definitions. */
@Path("/v1/indicators")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Indicators",
        description = "Live national figures, computed from the records of all bureaus / " + "统计指标：由各省记录实时计算的全国数据")
@RunOnVirtualThread
public class IndicatorResource {

    private static final String PUBLIC_ACCESS_NOTE =
            "Alliances, and everybody where figures are public, see the figures and dimensions for readers outside.";
    private static final String PUBLIC_ACCESS_NOTE_ZH = "联盟以及指标公开时的公众，只看到对外提供的指标和维度。";

    private final FigureCatalogue catalogue;
    private final FigureAccessPolicy accessPolicy;
    private final PublicFigureView outside;
    private final HeadlineReader headlines;

    IndicatorResource(
            FigureCatalogue catalogue,
            FigureAccessPolicy accessPolicy,
            PublicFigureView outside,
            HeadlineReader headlines) {
        this.catalogue = catalogue;
        this.accessPolicy = accessPolicy;
        this.outside = outside;
        this.headlines = headlines;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "listIndicators",
            summary = "All figures / 查询全部指标",
            description = "Every figure with its name, unit, dimensions, derivation and headline. " + PUBLIC_ACCESS_NOTE
                    + " / 各项指标的名称、单位、维度、推算方法和最新可用年度。" + PUBLIC_ACCESS_NOTE_ZH)
    public IndicatorsAnswer all(
            @Parameter(description = FigureAccessPolicy.VIEW_DESCRIPTION, schema = @Schema(enumeration = "outside"))
                    @QueryParam(FigureAccessPolicy.VIEW_PARAMETER)
                    @Nullable
                    String view) {
        if (accessPolicy.isAnsweredOutside(view)) {
            List<Figure> shown = catalogue.figures().stream()
                    .filter(PublicFigureView::isShown)
                    .toList();
            Map<String, HeadlineAnswer> found = headlines.readOutside(shown);
            return new IndicatorsAnswer(shown.stream()
                    .map(figure -> toPublicAnswer(figure, found.get(figure.code())))
                    .toList());
        }
        accessPolicy.visibleProvince();
        Map<String, HeadlineAnswer> found = headlines.readHeadlines(catalogue.figures());
        return new IndicatorsAnswer(catalogue.figures().stream()
                .map(figure -> toAnswer(figure, found.get(figure.code())))
                .toList());
    }

    @GET
    @Path("/{code}")
    @PermitAll
    @Operation(
            operationId = "getIndicator",
            summary = "One figure / 查询单项指标",
            description = "Its name, unit, dimensions, derivation and headline. " + PUBLIC_ACCESS_NOTE
                    + " / 指标的名称、单位、维度、推算方法和最新可用年度。" + PUBLIC_ACCESS_NOTE_ZH)
    public IndicatorAnswer getIndicator(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @Parameter(description = FigureAccessPolicy.VIEW_DESCRIPTION, schema = @Schema(enumeration = "outside"))
                    @QueryParam(FigureAccessPolicy.VIEW_PARAMETER)
                    @Nullable
                    String view) {
        if (accessPolicy.isAnsweredOutside(view)) {
            Figure figure = requireFigure(code);
            PublicFigureView.requirePublic(figure, "{code}");
            return toPublicAnswer(figure, headlines.readOutside(List.of(figure)).get(code));
        }
        accessPolicy.visibleProvince();
        Figure figure = requireFigure(code);
        return toAnswer(figure, headlines.readHeadlines(List.of(figure)).get(code));
    }

    private Figure requireFigure(String code) {
        return catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
    }

    private IndicatorAnswer toPublicAnswer(Figure figure, @Nullable HeadlineAnswer headline) {
        return toAnswer(
                figure,
                outside.publicDimensions(figure),
                outside.publicLists(figure),
                outside.publicTables(figure),
                headline);
    }

    private static IndicatorAnswer toAnswer(Figure figure, @Nullable HeadlineAnswer headline) {
        return toAnswer(figure, figure.dimensions(), figure.lists(), List.of(), headline);
    }

    private static IndicatorAnswer toAnswer(
            Figure figure,
            List<String> dimensions,
            List<String> lists,
            List<TableAnswer> tables,
            @Nullable HeadlineAnswer headline) {
        return new IndicatorAnswer(
                figure.code(),
                figure.version(),
                figure.name(),
                figure.unit(),
                figure.countedFigures().getFirst().record(),
                figure.isStock() ? "stock" : figure.isKnownByYearOnly() ? "flow-of-year" : "flow",
                dimensions,
                lists,
                tables,
                figure.isAdditive(),
                figure.derivation(),
                headline,
                figure instanceof DerivedFigure derived ? toAnswer(derived.rule()) : null);
    }

    private static DerivedAnswer toAnswer(DerivationRule rule) {
        return new DerivedAnswer(
                rule.kind(),
                rule.operands().stream().map(Figure::code).distinct().toList());
    }
}
