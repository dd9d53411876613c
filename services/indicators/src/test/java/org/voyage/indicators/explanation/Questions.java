package org.voyage.indicators.explanation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.live.World;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Period;

/** Random questions for one value. */
final class Questions {

    private final Random random;

    Questions(Random random) {
        this.random = random;
    }

    /** Filters by codes that occur, a period, now and then a list. */
    FigureQuery about(Figure indicator, World world) {
        Map<String, Set<String>> filters = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String dimension = pick(indicator.dimensions());
            FigureQuery split = new FigureQuery(
                    indicator.counted().getFirst(),
                    List.of(new By.Dimension(dimension)),
                    Map.of(),
                    List.of(),
                    new Period.Current());
            List<Cell> cells = world.live.read(cut -> world.figures.cells(cut, split, Optional.empty()));
            List<String> codes = new ArrayList<>();
            cells.forEach(cell -> codes.add(cell.at().getOrDefault(dimension, "")));
            if (!codes.isEmpty()) {
                filters.put(dimension, Set.of(pick(codes)));
            }
        }
        List<ListMoment> lists = indicator.lists().isEmpty() || random.nextInt(3) > 0
                ? List.of()
                : List.of(new ListMoment(pick(indicator.lists()), random.nextBoolean()));
        return new FigureQuery(indicator, List.of(), filters, lists, period(indicator));
    }

    private Period period(Figure indicator) {
        int year = 2010 + random.nextInt(16);
        Rule rule = indicator instanceof Derived derived ? derived.rule() : null;
        if (rule instanceof Rule.Growth) {
            return new Period.Years(year, 2026);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Period.Current();
            case 1 -> new Period.Year(year);
            default ->
                indicator.isStock() || rule instanceof Rule.Change
                        ? new Period.Year(year)
                        : new Period.Years(year, 2026);
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
