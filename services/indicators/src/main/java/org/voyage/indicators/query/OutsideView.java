package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Outside;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** What readers outside see of the figures: which ones, and by what they can be split. */
@ApplicationScoped
public class OutsideView {

    private static final Set<String> ADMINISTRATION = Set.of("province", MemberList.COLLEGE);

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

    /** @throws Refusal.Forbidden for what is not shown outside, whoever is asked */
    public void check(Figure figure, Map<String, List<String>> parameters) {
        if (!shows(figure)) {
            throw closed();
        }
        for (String parameter : List.of(Sights.AS_OF, "receipt")) {
            if (parameters.containsKey(parameter)) {
                throw Wrong.outside(
                        parameter,
                        "outside-now",
                        "Outside, figures are neither asked for a past moment nor for a single write.",
                        "对外不提供按过去时刻或单次写入的查询。");
            }
        }
    }

    /** @throws Refusal.Forbidden when a figure that is open is asked about single provinces or colleges */
    public void check(FigureQuery query) {
        Set<String> asked = new LinkedHashSet<>(query.byNames());
        asked.addAll(query.filters().keySet());
        for (String dimension : asked) {
            if (ADMINISTRATION.contains(dimension)) {
                throw Wrong.outside(
                        query.filters().containsKey(dimension) ? dimension : "by",
                        "outside-administration",
                        "Outside there are no values of single provinces or colleges.",
                        "对外不提供单个省份或院校的数值。");
            }
        }
    }

    static Refusal closed() {
        return new Refusal.Forbidden(new Finding(
                "{code}",
                "outside-closed",
                "This figure is not shown outside; GET /v1/indicators lists those that are.",
                "该指标不对外提供；可对外提供的指标见 GET /v1/indicators。"));
    }

    private boolean hasCountry(Figure figure, Outside.Released released) {
        return reference
                .geography()
                .countryField(figure.dimensions())
                .filter(released.tables()::contains)
                .isPresent();
    }
}
