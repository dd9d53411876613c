package org.voyage.indicators.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.voyage.indicators.indicator.Figure;

/**
 * A question about one figure that was found to make sense.
 *
 * @param filters per dimension the codes that count
 * @param lists lists on which the country or college must be, or must not
 */
public record FigureQuery(
        Figure indicator, List<By> by, Map<String, Set<String>> filters, List<ListMoment> lists, Period period) {

    public FigureQuery {
        by = List.copyOf(by);
        filters = new LinkedHashMap<>(filters);
        lists = List.copyOf(lists);
    }

    public boolean byYear() {
        return by.stream().anyMatch(By.Year.class::isInstance);
    }

    /** Whether it is split by nothing that a record says, so that a value is there even when it is 0. */
    public boolean hasZeros() {
        return by.stream().allMatch(By.Year.class::isInstance);
    }

    public List<String> byNames() {
        return by.stream().map(By::name).toList();
    }

    /** The lists that it is filtered or split by. */
    public Set<ListMoment> countedBy() {
        Set<ListMoment> all = new LinkedHashSet<>();
        lists.forEach(list -> all.add(list.of(true)));
        for (By each : by) {
            if (each instanceof By.Membership membership) {
                all.add(membership.list());
            }
        }
        return all;
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

    /** The same question about another figure. */
    FigureQuery about(Figure other) {
        return new FigureQuery(other, by, filters, lists, period);
    }

    public FigureQuery in(Period other) {
        return new FigureQuery(indicator, by, filters, lists, other);
    }

    /** The question as it is asked. */
    public String text() {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!(period instanceof Period.Current)) {
            texts.put("period", period.toString());
        }
        texts.putAll(filterTexts());
        if (!by.isEmpty()) {
            texts.put("by", String.join(",", byNames()));
        }
        return texts.entrySet().stream()
                .map(text -> text.getKey() + "=" + encoded(text.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%40", "@")
                .replace("%3A", ":");
    }

    public FigureQuery split(List<By> other) {
        return new FigureQuery(indicator, other, filters, lists, period);
    }
}
