package org.voyage.indicators.release;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;

/** The true numbers of a figure, by year, table and code, all of one cut. */
final class Amounts {

    static final Amounts NONE = new Amounts();

    private final Map<Integer, Map<String, Map<String, Long>>> byYear = new TreeMap<>();

    private Amounts() {}

    static Amounts of(Cut cut, Figures figures, Indicator figure, Map<String, Halves> tables) {
        Amounts amounts = new Amounts();
        tables.forEach((table, halves) -> {
            Set<String> codes = halves.codes().collect(Collectors.toUnmodifiableSet());
            FigureQuery query = new FigureQuery(
                    figure, List.of(new By.Year(), new By.Dimension(table)), Map.of(), List.of(), new Period.Current());
            for (Cell cell : figures.cells(cut, query, Optional.empty())) {
                String code = cell.at().getOrDefault(table, "");
                amounts.byYear
                        .computeIfAbsent(Integer.valueOf(cell.at().getOrDefault("year", "")), year -> new HashMap<>())
                        .computeIfAbsent(table, key -> new HashMap<>())
                        // A code that no list has stands with the facts that have none.
                        .merge(codes.contains(code) ? code : Dictionary.ABSENT_TEXT, cell.value(), Long::sum);
            }
        });
        return amounts;
    }

    /** The years in which there is something. */
    TreeSet<Integer> years() {
        return new TreeSet<>(byYear.keySet());
    }

    ToLongFunction<String> at(int year, String table) {
        Map<String, Long> codes = byYear.getOrDefault(year, Map.of()).getOrDefault(table, Map.of());
        return code -> codes.getOrDefault(code, 0L);
    }
}
