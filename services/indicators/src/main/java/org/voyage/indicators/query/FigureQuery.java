package org.voyage.indicators.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.voyage.indicators.definition.Figure;

/**
 * Valid query on one figure.
 *
 * @param filters allowed codes per dimension, in the order of the definition
 * @param listFilters lists that must, or must not, contain the country or college
 */
public record FigureQuery(
        Figure figure,
        List<Breakdown> breakdowns,
        Map<String, Set<String>> filters,
        List<ListCriterion> listFilters,
        PeriodFilter period) {

    public FigureQuery {
        breakdowns = List.copyOf(breakdowns);
        filters = new LinkedHashMap<>(filters);
        listFilters = List.copyOf(listFilters);
    }

    public boolean isByYear() {
        return breakdowns.stream().anyMatch(Breakdown.YearBreakdown.class::isInstance);
    }

    /** Returns whether the query has no breakdown by a record field, so that a value of 0 is included. */
    public boolean includesZeros() {
        return breakdowns.stream().allMatch(Breakdown.YearBreakdown.class::isInstance);
    }

    public List<String> breakdownNames() {
        return breakdowns.stream().map(Breakdown::name).toList();
    }

    /** Returns the lists of its filters and breakdowns. */
    public Set<ListCriterion> listCriteria() {
        Set<ListCriterion> all = new LinkedHashSet<>();
        listFilters.forEach(list -> all.add(list.withMembers(true)));
        for (Breakdown each : breakdowns) {
            if (each instanceof Breakdown.MembershipBreakdown membership) {
                all.add(membership.criterion());
            }
        }
        return all;
    }

    /** Returns the filters as a client writes them. */
    public Map<String, String> formatFilters() {
        Map<String, String> texts = new LinkedHashMap<>();
        filters.forEach((dimension, codes) -> texts.put(dimension, String.join(",", codes)));
        if (!listFilters.isEmpty()) {
            texts.put("list", listFilters.stream().map(ListCriterion::toString).collect(Collectors.joining(",")));
        }
        return texts;
    }

    /** Returns the query for one province only. */
    FigureQuery withProvince(String province) {
        Map<String, Set<String>> narrowed = new LinkedHashMap<>(filters);
        narrowed.put(FigureAccessPolicy.PROVINCE_DIMENSION, Set.of(province));
        return new FigureQuery(figure, breakdowns, narrowed, listFilters, period);
    }

    /** Returns the same query on another figure. */
    FigureQuery withFigure(Figure other) {
        return new FigureQuery(other, breakdowns, filters, listFilters, period);
    }

    public FigureQuery withPeriod(PeriodFilter other) {
        return new FigureQuery(figure, breakdowns, filters, listFilters, other);
    }

    /** Returns the query as the client writes it. */
    public String toQueryString() {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!(period instanceof PeriodFilter.CurrentPeriod)) {
            texts.put("period", period.toString());
        }
        texts.putAll(formatFilters());
        if (!breakdowns.isEmpty()) {
            texts.put("by", String.join(",", breakdownNames()));
        }
        return texts.entrySet().stream()
                .map(text -> text.getKey() + "=" + encode(text.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%40", "@")
                .replace("%3A", ":");
    }

    public FigureQuery withBreakdowns(List<Breakdown> other) {
        return new FigureQuery(figure, other, filters, listFilters, period);
    }
}
