package org.voyage.indicators.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.intake.Dictionary;

/**
 * Computes a derived figure from those behind it, all of one moment. Every value is derived at its own place: a split is no
 * sum of shares, a share of a split is.
 */
final class Derivation {

    private final Counts counts;
    private final Component component;
    private final FigureQuery query;
    private final List<Moment> moments;
    private final Optional<String> province;
    private final LocalDate today;

    private Derivation(Counts counts, Component component, Optional<String> province, LocalDate today) {
        this.counts = counts;
        this.component = component;
        this.query = component.query();
        this.moments = component.moments();
        // What is looked at for the sake of a national value appears nowhere.
        this.province = province.filter(own -> query.byNames().contains("province"));
        this.today = today;
    }

    /**
     * The values in the order of their places; a split by dimensions leaves out counts of 0 and what has no value.
     *
     * @param of the question, and the moments that it has values for
     * @param province the only province whose own values may appear
     */
    static List<Cell> cells(Counts counts, Component of, Optional<String> province, LocalDate today) {
        return switch (of.query().indicator()) {
            case Indicator _ -> counts.of(of, province);
            case Derived derived -> new Derivation(counts, of, province, today).cells(derived.rule());
        };
    }

    private List<Cell> cells(Rule rule) {
        List<Component> components = Components.of(component, today);
        List<Map<Map<String, String>, BigDecimal>> values =
                components.stream().map(this::values).toList();
        List<Cell> cells = new ArrayList<>();
        switch (rule) {
            case Rule.Share _ -> share(components, values, cells);
            case Rule.Sum _ -> sum(values, cells);
            case Rule.Change _ ->
                values.get(1).forEach((at, before) -> put(cells, at, Arithmetic.change(before, of(values.get(0), at))));
            case Rule.Growth _ -> {
                int years = query.period() instanceof Period.Years range ? range.last() - range.first() : 1;
                values.get(1)
                        .forEach((at, first) -> put(cells, at, Arithmetic.growth(first, of(values.get(0), at), years)));
            }
            case Rule.OfEach ofEach ->
                byEach(ofEach.each(), values.getFirst()).forEach((at, each) -> put(cells, at, value(ofEach, each)));
        }
        cells.sort(Figures.IN_ORDER);
        return cells;
    }

    private Map<Map<String, String>, BigDecimal> values(Component behind) {
        Map<Map<String, String>, BigDecimal> values = new LinkedHashMap<>();
        for (Cell cell : cells(counts, behind, province, today)) {
            if (cell.exact() != null) {
                values.put(cell.at(), cell.exact());
            }
        }
        return values;
    }

    private void share(
            List<Component> components, List<Map<Map<String, String>, BigDecimal>> values, List<Cell> cells) {
        List<String> wholeBy = components.get(1).query().byNames();
        Map<Map<String, String>, BigDecimal> parts = values.get(0);
        Map<Map<String, String>, BigDecimal> wholes = values.get(1);
        Set<Map<String, String>> places = wholeBy.equals(query.byNames()) ? wholes.keySet() : parts.keySet();
        for (Map<String, String> at : places) {
            Map<String, String> whole = new LinkedHashMap<>(at);
            whole.keySet().retainAll(wholeBy);
            put(cells, at, Arithmetic.percent(of(parts, at), of(wholes, whole)));
        }
    }

    private void sum(List<Map<Map<String, String>, BigDecimal>> values, List<Cell> cells) {
        Set<Map<String, String>> places = new LinkedHashSet<>();
        values.forEach(each -> places.addAll(each.keySet()));
        for (Map<String, String> at : places) {
            put(cells, at, values.stream().map(each -> of(each, at)).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    private static @Nullable BigDecimal value(Rule.OfEach rule, Map<String, BigDecimal> each) {
        return switch (rule) {
            case Rule.Over over -> {
                BigDecimal most = BigDecimal.valueOf(over.moreThan());
                yield BigDecimal.valueOf(each.values().stream()
                        .filter(value -> value.compareTo(most) > 0)
                        .count());
            }
            case Rule.Top top -> Arithmetic.shareOfLargest(each.values(), top.top());
            case Rule.Herfindahl _ -> Arithmetic.herfindahl(each.values());
            case Rule.Median _ -> Arithmetic.median(each);
        };
    }

    /** The values of each place by the codes of one dimension. */
    private Map<Map<String, String>, Map<String, BigDecimal>> byEach(
            String dimension, Map<Map<String, String>, BigDecimal> values) {
        Map<Map<String, String>, Map<String, BigDecimal>> byEach = new LinkedHashMap<>();
        if (query.hasZeros()) {
            moments.forEach(moment -> byEach.put(Figures.coordinates(query, Map.of(), moment), new HashMap<>()));
        }
        values.forEach((at, value) -> {
            Map<String, String> place = new LinkedHashMap<>(at);
            String code = place.remove(dimension);
            if (code != null && !code.equals(Dictionary.ABSENT_TEXT)) {
                byEach.computeIfAbsent(place, key -> new HashMap<>()).put(code, value);
            }
        });
        return byEach;
    }

    private static BigDecimal of(Map<Map<String, String>, BigDecimal> values, Map<String, String> at) {
        return values.getOrDefault(at, BigDecimal.ZERO);
    }

    private void put(List<Cell> cells, Map<String, String> at, @Nullable BigDecimal value) {
        boolean nothing =
                value == null || (value.signum() == 0 && query.indicator().isCount());
        if (query.hasZeros() || !nothing) {
            cells.add(new Cell(at, value));
        }
    }
}
