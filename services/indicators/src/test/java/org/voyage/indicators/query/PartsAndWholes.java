package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Positions;

/** Holds every figure against itself in one read: the nation, its provinces, regions, every other dimension, the years. */
final class PartsAndWholes {

    private static final Period YEARS = new Period.Years(2015, 2026);

    private final LiveFigures live;
    private final Figures figures;
    private final List<Indicator> indicators;
    private Positions before = Positions.START;

    PartsAndWholes(LiveFigures live, Figures figures, Catalogue catalogue) {
        this.live = live;
        this.figures = figures;
        this.indicators = List.copyOf(catalogue.all());
    }

    /** @return whether the figures had moved since the last sample */
    boolean sample() {
        List<Compared> compared = new ArrayList<>();
        Positions positions = live.read(cut -> {
            indicators.forEach(indicator -> compare(cut, indicator, compared));
            return cut.positions();
        });
        assertThat(compared)
                .hasSizeGreaterThan(100)
                .allSatisfy(each -> assertThat(each.parts()).as(each.what()).isEqualTo(each.whole()));
        boolean moved = !positions.equals(before);
        before = positions;
        return moved;
    }

    private record Compared(String what, Object whole, Object parts) {}

    private void compare(Cut cut, Indicator indicator, List<Compared> to) {
        String code = indicator.code();
        Map<String, Long> years = byYear(cut, indicator);
        IntStream.of(2019, 2023, 2026)
                .forEach(year -> to.add(new Compared(
                        code + " in " + year,
                        total(cut, indicator, List.of(), new Period.Year(year)),
                        years.getOrDefault(String.valueOf(year), 0L))));
        if (indicator.measure() instanceof Measure.Distinct) {
            return;
        }
        long nation = total(cut, indicator, List.of(), new Period.Current());
        for (String dimension : indicator.dimensions()) {
            By by = new By.Dimension(dimension);
            to.add(new Compared(
                    code + " by " + dimension, nation, total(cut, indicator, List.of(by), new Period.Current())));
            to.add(new Compared(
                    code + " of all years by " + dimension,
                    years.values().stream().mapToLong(Long::longValue).sum(),
                    total(cut, indicator, List.of(new By.Year(), by), YEARS)));
        }
    }

    private Map<String, Long> byYear(Cut cut, Indicator indicator) {
        Map<String, Long> years = new HashMap<>();
        cells(cut, indicator, List.of(new By.Year()), YEARS)
                .forEach(cell -> years.put(cell.at().getOrDefault("year", ""), cell.value()));
        return years;
    }

    private long total(Cut cut, Indicator indicator, List<By> by, Period period) {
        return cells(cut, indicator, by, period).stream().mapToLong(Cell::value).sum();
    }

    private List<Cell> cells(Cut cut, Indicator indicator, List<By> by, Period period) {
        return figures.cells(cut, new FigureQuery(indicator, by, Map.of(), List.of(), period), Optional.empty());
    }
}
