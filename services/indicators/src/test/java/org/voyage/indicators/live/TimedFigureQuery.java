package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.live.ReferenceRecount.NamedPeriod;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ResultCell;

/** Query with its periods, for the figures in memory and for the recount. */
record TimedFigureQuery(FigureQuery query, List<NamedPeriod> periods) {

    /** @param of owner of the records, for messages */
    void assertEqualToRecount(Object of, LiveFigures live, FigureCalculator figures, ReferenceRecount naive) {
        Map<List<String>, Long> values = liveValues(live, figures, query);
        assertThat(values)
                .as(
                        "%s, %s by %s of %s in %s",
                        of, query.figure().code(), query.breakdownNames(), query.formatFilters(), query.period())
                .isEqualTo(naive.computeAnswer(query, periods, TestFigures.TODAY));
        if (!(((CountedFigure) query.figure()).measure() instanceof Measure.DistinctMeasure) && !query.isByYear()) {
            assertThat(values.values().stream().mapToLong(Long::longValue).sum())
                    .as("the parts of %s by %s", query.figure().code(), query.breakdownNames())
                    .isEqualTo(liveValues(live, figures, query.withBreakdowns(List.of()))
                            .getOrDefault(List.of(), 0L));
        }
    }

    private static Map<List<String>, Long> liveValues(LiveFigures live, FigureCalculator figures, FigureQuery query) {
        Map<List<String>, Long> values = new TreeMap<>(Comparator.comparing(List::toString));
        for (ResultCell cell : live.readView(view -> figures.computeCells(view, query, Optional.empty()))) {
            if (cell.wholeValue() != 0) {
                values.put(List.copyOf(cell.coordinates().values()), cell.wholeValue());
            }
        }
        return values;
    }

    /** Returns the whole year, or its part until today. */
    static NamedPeriod yearPeriod(int year) {
        LocalDate end = LocalDate.of(year, 12, 31);
        return new NamedPeriod(
                String.valueOf(year),
                LocalDate.of(year, 1, 1),
                end.isAfter(TestFigures.TODAY) ? TestFigures.TODAY : end);
    }
}
