package org.voyage.indicators.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.voyage.indicators.indicator.Indicator;

/**
 * A question about one figure that was found to make sense.
 *
 * @param filters per dimension the codes that count
 * @param lists lists on which the country must be
 */
public record FigureQuery(
        Indicator indicator, List<By> by, Map<String, Set<String>> filters, List<ListMoment> lists, Period period) {

    public FigureQuery {
        by = List.copyOf(by);
        filters = new LinkedHashMap<>(filters);
        lists = List.copyOf(lists);
    }

    public boolean byYear() {
        return by.stream().anyMatch(By.Year.class::isInstance);
    }

    public List<String> byNames() {
        return by.stream().map(By::name).toList();
    }

    /** The filters as they were asked. */
    public Map<String, String> filterTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        filters.forEach((dimension, codes) -> texts.put(dimension, String.join(",", codes)));
        if (!lists.isEmpty()) {
            texts.put("list", lists.stream().map(ListMoment::toString).collect(Collectors.joining(",")));
        }
        return texts;
    }

    /** The same of one province alone. */
    FigureQuery within(String province) {
        Map<String, Set<String>> narrowed = new LinkedHashMap<>(filters);
        narrowed.put(Readership.PROVINCE, Set.of(province));
        return new FigureQuery(indicator, by, narrowed, lists, period);
    }

    public FigureQuery split(List<By> other) {
        return new FigureQuery(indicator, other, filters, lists, period);
    }
}
