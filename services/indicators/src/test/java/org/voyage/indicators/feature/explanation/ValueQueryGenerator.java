package org.voyage.indicators.feature.explanation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;

/** Generator of random queries for one value. */
final class ValueQueryGenerator {

    private final Random random;

    ValueQueryGenerator(Random random) {
        this.random = random;
    }

    /** Returns a query with existing codes as filters, a period, and sometimes a list. */
    FigureQuery randomQuery(Figure figure, TestFigures world) {
        Map<String, Set<String>> filters = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String dimension = pickOne(figure.dimensions());
            FigureQuery split = new FigureQuery(
                    figure.countedFigures().getFirst(),
                    List.of(new Breakdown.DimensionBreakdown(dimension)),
                    Map.of(),
                    List.of(),
                    new PeriodFilter.CurrentPeriod());
            List<ResultCell> cells =
                    world.liveFigures.readView(view -> world.calculator.computeCells(view, split, Optional.empty()));
            List<String> codes = new ArrayList<>();
            cells.forEach(cell -> codes.add(cell.coordinates().getOrDefault(dimension, "")));
            if (!codes.isEmpty()) {
                filters.put(dimension, Set.of(pickOne(codes)));
            }
        }
        List<ListCriterion> lists = figure.lists().isEmpty() || random.nextInt(3) > 0
                ? List.of()
                : List.of(new ListCriterion(pickOne(figure.lists()), random.nextBoolean()));
        return new FigureQuery(figure, List.of(), filters, lists, randomPeriod(figure));
    }

    private PeriodFilter randomPeriod(Figure figure) {
        int year = 2010 + random.nextInt(16);
        DerivationRule rule = figure instanceof DerivedFigure derived ? derived.rule() : null;
        if (rule instanceof DerivationRule.GrowthRule) {
            return new PeriodFilter.YearRangePeriod(year, 2026);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new PeriodFilter.CurrentPeriod();
            case 1 -> new PeriodFilter.YearPeriod(year);
            default ->
                figure.isStock() || rule instanceof DerivationRule.ChangeRule
                        ? new PeriodFilter.YearPeriod(year)
                        : new PeriodFilter.YearRangePeriod(year, 2026);
        };
    }

    private <T> T pickOne(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
