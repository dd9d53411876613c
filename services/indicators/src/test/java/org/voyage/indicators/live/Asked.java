package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.live.Naive.When;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;

/** One question, put to the figures in memory and to the recomputation. */
record Asked(FigureQuery query, List<When> times) {

    /** @param of whose records they are */
    void compare(Object of, LiveFigures live, Figures figures, Naive naive) {
        Map<List<String>, Long> values = values(live, figures, query);
        assertThat(values)
                .as(
                        "%s, %s by %s of %s in %s",
                        of, query.indicator().code(), query.byNames(), query.filterTexts(), query.period())
                .isEqualTo(naive.answer(query, times, World.TODAY));
        if (!(((Indicator) query.indicator()).measure() instanceof Measure.Distinct) && !query.byYear()) {
            assertThat(values.values().stream().mapToLong(Long::longValue).sum())
                    .as("the parts of %s by %s", query.indicator().code(), query.byNames())
                    .isEqualTo(values(live, figures, query.split(List.of())).getOrDefault(List.of(), 0L));
        }
    }

    private static Map<List<String>, Long> values(LiveFigures live, Figures figures, FigureQuery query) {
        Map<List<String>, Long> values = new TreeMap<>(Comparator.comparing(List::toString));
        for (Cell cell : live.read(cut -> figures.cells(cut, query, Optional.empty()))) {
            if (cell.value() != 0) {
                values.put(List.copyOf(cell.at().values()), cell.value());
            }
        }
        return values;
    }

    /** The whole year, or what of it has been. */
    static When when(int year) {
        LocalDate end = LocalDate.of(year, 12, 31);
        return new When(String.valueOf(year), LocalDate.of(year, 1, 1), end.isAfter(World.TODAY) ? World.TODAY : end);
    }
}
