package org.voyage.indicators.feature.release;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;

/** True numbers of a figure before suppression, by year, table and code, all from one view. */
final class UnsuppressedCounts {

    static final UnsuppressedCounts EMPTY = new UnsuppressedCounts();

    private final Map<Integer, Map<String, Map<String, Long>>> byYear = new TreeMap<>();

    private UnsuppressedCounts() {}

    static UnsuppressedCounts readCounts(
            FiguresView view, FigureCalculator figures, CountedFigure figure, Map<String, BinaryCodeTree> tables) {
        UnsuppressedCounts amounts = new UnsuppressedCounts();
        tables.forEach((table, halves) -> {
            Set<String> codes = halves.codes().collect(Collectors.toUnmodifiableSet());
            FigureQuery query = new FigureQuery(
                    figure,
                    List.of(new Breakdown.YearBreakdown(), new Breakdown.DimensionBreakdown(table)),
                    Map.of(),
                    List.of(),
                    new PeriodFilter.CurrentPeriod());
            for (ResultCell cell : figures.computeCells(view, query, Optional.empty())) {
                String code = cell.coordinates().getOrDefault(table, "");
                amounts.byYear
                        .computeIfAbsent(
                                Integer.valueOf(cell.coordinates().getOrDefault("year", "")), year -> new HashMap<>())
                        .computeIfAbsent(table, key -> new HashMap<>())
                        // A code that no list contains counts as absent.
                        .merge(codes.contains(code) ? code : CodeDictionary.ABSENT_TEXT, cell.wholeValue(), Long::sum);
            }
        });
        return amounts;
    }

    /** Returns the years with records. */
    TreeSet<Integer> yearsWithCounts() {
        return new TreeSet<>(byYear.keySet());
    }

    /** Returns the number of persons in a year; its tables have one total. */
    long totalOf(int year) {
        return byYear.getOrDefault(year, Map.of()).values().stream()
                .mapToLong(codes ->
                        codes.values().stream().mapToLong(Long::longValue).sum())
                .max()
                .orElse(0);
    }

    ToLongFunction<String> countsOf(int year, String table) {
        Map<String, Long> codes = byYear.getOrDefault(year, Map.of()).getOrDefault(table, Map.of());
        return code -> codes.getOrDefault(code, 0L);
    }
}
