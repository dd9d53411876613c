package org.voyage.indicators.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.reference.PublishedSeries;
import org.voyage.indicators.reference.ReferenceData;

/**
 * Calculator of a derived figure from its operands, all at one point in time. It derives every value from the operands
 * at the same place, never from other derived values.
 */
final class DerivedFigureCalculator {

    private final OperandValues operandValues;
    private final OperandQuery component;
    private final FigureQuery query;
    private final List<ReportingPeriod> periods;
    private final Optional<String> province;
    private final LocalDate today;
    private final ReferenceData reference;

    private DerivedFigureCalculator(
            OperandValues counts,
            OperandQuery component,
            Optional<String> province,
            LocalDate today,
            ReferenceData reference) {
        this.operandValues = counts;
        this.component = component;
        this.query = component.query();
        this.periods = component.periods();
        // No response shows the operands of a national value, so they need no restriction to a province.
        this.province = province.filter(own -> query.breakdownNames().contains("province"));
        this.today = today;
        this.reference = reference;
    }

    /**
     * Computes the values, in the order of their places. A breakdown by dimensions leaves out counts of 0 and missing
     * values.
     *
     * @param of the query, and the periods of its values
     * @param province the only province whose own values may appear
     * @param reference the published numbers of shares of them
     */
    static List<ResultCell> computeCells(
            OperandValues counts,
            OperandQuery of,
            Optional<String> province,
            LocalDate today,
            ReferenceData reference) {
        return switch (of.query().figure()) {
            case CountedFigure _ -> counts.cellsOf(of, province);
            case DerivedFigure derived ->
                new DerivedFigureCalculator(counts, of, province, today, reference).computeByRule(derived.rule());
        };
    }

    private List<ResultCell> computeByRule(DerivationRule rule) {
        List<OperandQuery> components = DerivedQueryExpander.expand(component, today);
        List<Map<Map<String, String>, BigDecimal>> values =
                components.stream().map(this::operandValues).toList();
        List<ResultCell> cells = new ArrayList<>();
        switch (rule) {
            case DerivationRule.ShareRule _ -> addShares(components, values, cells);
            case DerivationRule.PublishedShareRule share ->
                addPublishedShares(share.series(), values.getFirst(), cells);
            case DerivationRule.SumRule _ -> addSums(values, cells);
            case DerivationRule.DifferenceRule _ -> addDifferences(values, cells);
            case DerivationRule.ChangeRule _ ->
                values.get(1)
                        .forEach((at, before) -> addCell(
                                cells, at, DerivationArithmetic.computeChange(before, valueOrZero(values.get(0), at))));
            case DerivationRule.GrowthRule _ -> {
                int years = query.period() instanceof PeriodFilter.YearRangePeriod range
                        ? range.lastYear() - range.firstYear()
                        : 1;
                values.get(1)
                        .forEach((at, first) -> addCell(
                                cells,
                                at,
                                DerivationArithmetic.computeGrowth(first, valueOrZero(values.get(0), at), years)));
            }
            case DerivationRule.PerCodeRule ofEach ->
                groupByCode(ofEach.dimension(), values.getFirst())
                        .forEach((at, each) -> addCell(cells, at, computeValue(ofEach, each)));
        }
        return ResultCell.sortByPlace(cells);
    }

    private Map<Map<String, String>, BigDecimal> operandValues(OperandQuery behind) {
        Map<Map<String, String>, BigDecimal> values = new LinkedHashMap<>();
        for (ResultCell cell : computeCells(operandValues, behind, province, today, reference)) {
            if (cell.exact() != null) {
                values.put(cell.coordinates(), cell.exact());
            }
        }
        return values;
    }

    private void addShares(
            List<OperandQuery> components, List<Map<Map<String, String>, BigDecimal>> values, List<ResultCell> cells) {
        List<String> wholeBy = components.get(1).query().breakdownNames();
        Map<Map<String, String>, BigDecimal> parts = values.get(0);
        Map<Map<String, String>, BigDecimal> wholes = values.get(1);
        Set<Map<String, String>> places = wholeBy.equals(query.breakdownNames()) ? wholes.keySet() : parts.keySet();
        for (Map<String, String> at : places) {
            Map<String, String> whole = new LinkedHashMap<>(at);
            whole.keySet().retainAll(wholeBy);
            addCell(cells, at, DerivationArithmetic.computePercent(valueOrZero(parts, at), valueOrZero(wholes, whole)));
        }
    }

    /** Adds the shares of a published number; only a whole year has such a number. */
    private void addPublishedShares(String series, Map<Map<String, String>, BigDecimal> parts, List<ResultCell> cells) {
        parts.forEach((at, part) -> {
            BigDecimal whole = findPeriod(at)
                    .filter(period -> period.isWholeYear(today))
                    .flatMap(period -> reference.findPublishedNumber(series, period.year()))
                    .map(PublishedSeries.SeriesNumber::value)
                    .orElse(BigDecimal.ZERO);
            addCell(cells, at, DerivationArithmetic.computePercent(part, whole));
        });
    }

    private Optional<ReportingPeriod> findPeriod(Map<String, String> at) {
        String year = at.get("year");
        return periods.stream()
                .filter(period -> year == null || year.equals(String.valueOf(period.year())))
                .findFirst();
    }

    private void addSums(List<Map<Map<String, String>, BigDecimal>> values, List<ResultCell> cells) {
        Set<Map<String, String>> places = new LinkedHashSet<>();
        values.forEach(each -> places.addAll(each.keySet()));
        for (Map<String, String> at : places) {
            addCell(
                    cells,
                    at,
                    values.stream().map(each -> valueOrZero(each, at)).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    /** Adds the differences, each summed over the provinces that have reported both years. */
    private void addDifferences(List<Map<Map<String, String>, BigDecimal>> values, List<ResultCell> cells) {
        String province = DerivationRule.DifferenceRule.REPORTER_DIMENSION;
        boolean isByProvince = query.breakdownNames().contains(province);
        Map<Map<String, String>, BigDecimal> subtrahends = values.get(1);
        Set<Map<String, String>> reporters = new HashSet<>(values.get(2).keySet());
        reporters.retainAll(values.get(3).keySet());
        Map<Map<String, String>, BigDecimal> differences = new LinkedHashMap<>();
        if (query.includesZeros()) {
            periods.forEach(moment ->
                    differences.put(FigureCalculator.toCoordinates(query, Map.of(), moment), BigDecimal.ZERO));
        }
        values.get(0).forEach((at, minuend) -> {
            Map<String, String> reporter = new HashMap<>(at);
            reporter.keySet().retainAll(Set.of("year", province));
            if (reporters.contains(reporter)) {
                Map<String, String> place = new LinkedHashMap<>(at);
                if (!isByProvince) {
                    place.remove(province);
                }
                differences.merge(place, minuend.subtract(valueOrZero(subtrahends, at)), BigDecimal::add);
            }
        });
        differences.forEach((at, difference) -> addCell(cells, at, difference));
    }

    private static @Nullable BigDecimal computeValue(DerivationRule.PerCodeRule rule, Map<String, BigDecimal> each) {
        return switch (rule) {
            case DerivationRule.ThresholdCountRule over -> {
                BigDecimal most = BigDecimal.valueOf(over.threshold());
                yield BigDecimal.valueOf(each.values().stream()
                        .filter(value -> value.compareTo(most) > 0)
                        .count());
            }
            case DerivationRule.TopShareRule top -> DerivationArithmetic.computeTopShare(each.values(), top.topCodes());
            case DerivationRule.HerfindahlRule _ -> DerivationArithmetic.computeHerfindahl(each.values());
            case DerivationRule.MedianRule _ -> DerivationArithmetic.computeMedian(each);
        };
    }

    /** Groups the values of each place by the codes of one dimension. */
    private Map<Map<String, String>, Map<String, BigDecimal>> groupByCode(
            String dimension, Map<Map<String, String>, BigDecimal> values) {
        Map<Map<String, String>, Map<String, BigDecimal>> byEach = new LinkedHashMap<>();
        if (query.includesZeros()) {
            periods.forEach(
                    moment -> byEach.put(FigureCalculator.toCoordinates(query, Map.of(), moment), new HashMap<>()));
        }
        values.forEach((at, value) -> {
            Map<String, String> place = new LinkedHashMap<>(at);
            String code = place.remove(dimension);
            if (code != null && !code.equals(CodeDictionary.ABSENT_TEXT)) {
                byEach.computeIfAbsent(place, key -> new HashMap<>()).put(code, value);
            }
        });
        return byEach;
    }

    private static BigDecimal valueOrZero(Map<Map<String, String>, BigDecimal> values, Map<String, String> at) {
        return values.getOrDefault(at, BigDecimal.ZERO);
    }

    private void addCell(List<ResultCell> cells, Map<String, String> at, @Nullable BigDecimal value) {
        boolean nothing =
                value == null || (value.signum() == 0 && query.figure().isCount());
        if (query.includesZeros() || !nothing) {
            cells.add(new ResultCell(at, value));
        }
    }
}
