package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Outside;
import org.voyage.indicators.query.Answers.TableAnswer;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** What readers outside see of the figures: which ones, and by what they can be split. */
@ApplicationScoped
public class OutsideView {

    private static final List<String> ADMINISTRATION = List.of(Readership.PROVINCE, MemberList.COLLEGE);

    private final Reference reference;

    OutsideView(Reference reference) {
        this.reference = reference;
    }

    static boolean shows(Figure figure) {
        return !(figure.outside() instanceof Outside.Closed);
    }

    /** Of those that it has, the dimensions that they may ask for. */
    List<String> dimensions(Figure figure) {
        return switch (figure.outside()) {
            case Outside.Closed _ -> List.of();
            case Outside.Open _ ->
                figure.dimensions().stream()
                        .filter(dimension -> !ADMINISTRATION.contains(dimension))
                        .toList();
            case Outside.Released released ->
                figure.dimensions().stream()
                        .filter(dimension -> released.tables().contains(dimension)
                                || (Geography.DERIVED.contains(dimension) && hasCountry(figure, released)))
                        .toList();
        };
    }

    /** Of a figure of persons, which of them go together in one question. */
    List<TableAnswer> tables(Figure figure) {
        if (!(figure.outside() instanceof Outside.Released released)) {
            return List.of();
        }
        String country = reference.geography().countryField(figure.dimensions()).orElse("");
        return released.tables().stream()
                .map(table -> table.equals(country)
                        ? new TableAnswer(
                                dimensions(figure).stream()
                                        .filter(dimension ->
                                                dimension.equals(table) || Geography.DERIVED.contains(dimension))
                                        .toList(),
                                lists(figure))
                        : new TableAnswer(List.of(table), List.of()))
                .toList();
    }

    /** Of those that it has, the lists that they may ask for. */
    List<String> lists(Figure figure) {
        return switch (figure.outside()) {
            case Outside.Closed _ -> List.of();
            case Outside.Open _ -> figure.lists();
            case Outside.Released released ->
                hasCountry(figure, released)
                        ? figure.lists().stream()
                                .filter(list -> reference
                                        .list(list)
                                        .filter(MemberList::ofColleges)
                                        .isEmpty())
                                .toList()
                        : List.of();
        };
    }

    /** @throws Refusal.Forbidden for parameters that readers outside have not, whatever the figure */
    public static void check(Map<String, List<String>> parameters) {
        for (String parameter : List.of(Sights.AS_OF, Receipts.PARAMETER)) {
            if (parameters.containsKey(parameter)) {
                throw Wrong.outside(
                        parameter,
                        "outside-now",
                        "Outside, figures are neither asked for a past moment nor for a single write.",
                        "对外不提供按过去时刻或单次写入的查询。");
            }
        }
        for (String dimension : ADMINISTRATION) {
            if (parameters.containsKey(dimension)) {
                throw administration(dimension);
            }
        }
    }

    /** @throws Refusal.Forbidden when it is not shown outside */
    public static void check(Figure figure) {
        if (!shows(figure)) {
            throw new Refusal.Forbidden(new Finding(
                    "{code}",
                    "outside-closed",
                    "This figure is not shown outside; GET /v1/indicators lists those that are.",
                    "该指标不对外提供；可对外提供的指标见 GET /v1/indicators。"));
        }
    }

    /** @throws Refusal.Forbidden when single provinces or colleges are asked about */
    public static void check(FigureQuery query) {
        if (query.byNames().stream().anyMatch(ADMINISTRATION::contains)) {
            throw administration("by");
        }
    }

    private static Refusal administration(String parameter) {
        return Wrong.outside(
                parameter,
                "outside-administration",
                "Outside there are no values of single provinces or colleges.",
                "对外不提供单个省份或院校的数值。");
    }

    private boolean hasCountry(Figure figure, Outside.Released released) {
        return reference
                .geography()
                .countryField(figure.dimensions())
                .filter(released.tables()::contains)
                .isPresent();
    }
}
