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
 * A question about one figure that was found to make sense.
 *
 * @param filters per dimension the codes that count
 * @param listFilters lists on which the country or college must be, or must not
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

    /** Whether it is split by nothing that a record says, so that a value is there even when it is 0. */
    public boolean includesZeros() {
        return breakdowns.stream().allMatch(Breakdown.YearBreakdown.class::isInstance);
    }

    public List<String> breakdownNames() {
        return breakdowns.stream().map(Breakdown::name).toList();
    }

    /** The lists that it is filtered or split by. */
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

    /** The filters as they were asked. */
    public Map<String, String> formatFilters() {
        Map<String, String> texts = new LinkedHashMap<>();
        filters.forEach((dimension, codes) -> texts.put(dimension, String.join(",", codes)));
        if (!listFilters.isEmpty()) {
            texts.put("list", listFilters.stream().map(ListCriterion::toString).collect(Collectors.joining(",")));
        }
        return texts;
    }

    /** The same of one province alone. */
    FigureQuery withProvince(String province) {
        Map<String, Set<String>> narrowed = new LinkedHashMap<>(filters);
        narrowed.put(FigureAccessPolicy.PROVINCE_DIMENSION, Set.of(province));
        return new FigureQuery(figure, breakdowns, narrowed, listFilters, period);
    }

    /** The same question about another figure. */
    FigureQuery withFigure(Figure other) {
        return new FigureQuery(other, breakdowns, filters, listFilters, period);
    }

    public FigureQuery withPeriod(PeriodFilter other) {
        return new FigureQuery(figure, breakdowns, filters, listFilters, other);
    }

    /** The question as it is asked. */
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
