package org.voyage.indicators.query.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.PublicAccess;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.TableAnswer;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.ReceiptAwaiter;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Public view of the figures: the figures and breakdowns that external readers may use. */
@ApplicationScoped
public class PublicFigureView {

    private static final List<String> ADMINISTRATIVE_DIMENSIONS =
            List.of(FigureAccessPolicy.PROVINCE_DIMENSION, MembershipList.COLLEGE_DIMENSION);

    private final ReferenceData reference;

    PublicFigureView(ReferenceData reference) {
        this.reference = reference;
    }

    /** Returns whether external readers may see a figure. */
    public static boolean isShown(Figure figure) {
        return !(figure.publicAccess() instanceof PublicAccess.ClosedAccess);
    }

    /** Returns the dimensions of a figure that external readers may use. */
    public List<String> publicDimensions(Figure figure) {
        return switch (figure.publicAccess()) {
            case PublicAccess.ClosedAccess _ -> List.of();
            case PublicAccess.OpenAccess _ ->
                figure.dimensions().stream()
                        .filter(dimension -> !ADMINISTRATIVE_DIMENSIONS.contains(dimension))
                        .toList();
            case PublicAccess.ReleasedAccess released ->
                figure.dimensions().stream()
                        .filter(dimension -> released.tableDimensions().contains(dimension)
                                || (Geography.DERIVED_DIMENSIONS.contains(dimension) && hasCountry(figure, released)))
                        .toList();
        };
    }

    /** Returns the dimensions of a figure of persons that one query may combine. */
    public List<TableAnswer> publicTables(Figure figure) {
        if (!(figure.publicAccess() instanceof PublicAccess.ReleasedAccess released)) {
            return List.of();
        }
        String country =
                reference.geography().findCountryField(figure.dimensions()).orElse("");
        return released.tableDimensions().stream()
                .map(table -> table.equals(country)
                        ? new TableAnswer(
                                publicDimensions(figure).stream()
                                        .filter(dimension -> dimension.equals(table)
                                                || Geography.DERIVED_DIMENSIONS.contains(dimension))
                                        .toList(),
                                publicLists(figure))
                        : new TableAnswer(List.of(table), List.of()))
                .toList();
    }

    /** Returns the lists of a figure that external readers may use. */
    public List<String> publicLists(Figure figure) {
        return switch (figure.publicAccess()) {
            case PublicAccess.ClosedAccess _ -> List.of();
            case PublicAccess.OpenAccess _ -> figure.lists();
            case PublicAccess.ReleasedAccess released ->
                hasCountry(figure, released)
                        ? figure.lists().stream()
                                .filter(list -> reference
                                        .findList(list)
                                        .filter(MembershipList::ofColleges)
                                        .isEmpty())
                                .toList()
                        : List.of();
        };
    }

    /** @throws Refusal.Forbidden for parameters that external readers may not use with any figure */
    public static void requirePublic(Map<String, List<String>> parameters) {
        for (String parameter : List.of(AsOfViewResolver.AS_OF, ReceiptAwaiter.RECEIPT_PARAMETER)) {
            if (parameters.containsKey(parameter)) {
                throw QueryRefusals.forbidden(
                        parameter,
                        "outside-now",
                        "Outside, figures are neither asked for a past moment nor for a single write.",
                        "对外不提供按过去时刻或单次写入的查询。");
            }
        }
        for (String dimension : ADMINISTRATIVE_DIMENSIONS) {
            if (parameters.containsKey(dimension)) {
                throw administrationOnly(dimension);
            }
        }
    }

    /**
     * @param pointer the place of the code in the request
     * @throws Refusal.Forbidden when external readers may not see the figure
     */
    public static void requirePublic(Figure figure, String pointer) {
        if (!isShown(figure)) {
            throw new Refusal.Forbidden(new Finding(
                    pointer,
                    "outside-closed",
                    figure.code() + " is not shown outside; GET /v1/indicators lists the figures that are.",
                    figure.code() + " 不对外提供；可对外提供的指标见 GET /v1/indicators。"));
        }
    }

    /** @throws Refusal.Forbidden when the query names single provinces or colleges */
    public static void requirePublic(FigureQuery query) {
        if (query.breakdownNames().stream().anyMatch(ADMINISTRATIVE_DIMENSIONS::contains)) {
            throw administrationOnly("by");
        }
    }

    private static Refusal administrationOnly(String parameter) {
        return QueryRefusals.forbidden(
                parameter,
                "outside-administration",
                "Outside there are no values of single provinces or colleges.",
                "对外不提供单个省份或院校的数值。");
    }

    private boolean hasCountry(Figure figure, PublicAccess.ReleasedAccess released) {
        return reference
                .geography()
                .findCountryField(figure.dimensions())
                .filter(released.tableDimensions()::contains)
                .isPresent();
    }
}
