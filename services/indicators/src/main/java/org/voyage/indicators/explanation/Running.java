package org.voyage.indicators.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.Cube;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;

/**
 * The only value of a question, kept up to date while the cells that it is made of move: the counted figures behind it are
 * summed on, and what is derived from them is derived again when one of them has moved.
 */
final class Running {

    private final Cut cut;
    private final Figures figures;
    private final FigureQuery query;
    private final Map<Component, Counter> counters = new LinkedHashMap<>();
    private boolean moved = true;
    private @Nullable BigDecimal value;

    /** @param cut of figures that nobody else moves: it is looked at again while they do */
    Running(Cut cut, Figures figures, FigureQuery query) {
        this.cut = cut;
        this.figures = figures;
        this.query = query;
        figures.behind(query).forEach(counted -> counters.computeIfAbsent(counted, Counter::new));
    }

    /**
     * A cell moved.
     *
     * @return whether the value is made of it
     */
    boolean add(Tally tally, int[] at, long amount) {
        boolean any = false;
        for (Counter counter : counters.values()) {
            any |= counter.tally == tally && counter.add(at, amount);
        }
        moved |= any;
        return any;
    }

    /** Null where there is none, as of a share of nothing. */
    @Nullable
    BigDecimal value() {
        if (moved) {
            value = figures.value(
                    query,
                    (counted, province) ->
                            Objects.requireNonNull(counters.get(counted)).cells());
            moved = false;
        }
        return value;
    }

    /** A counted figure, or its values at each code that the other one looks at. */
    private final class Counter {
        private final Component counted;
        private final Tally tally;
        private final boolean whole;
        private final Map<Map<String, String>, Map<Integer, Long>> places = new HashMap<>();
        private Slice slice;

        Counter(Component counted) {
            this.counted = counted;
            this.tally = cut.tally(counted.query().indicator().code());
            this.whole = counted.query().by().isEmpty();
            this.slice = figures.slice(cut, counted);
            if (whole) {
                places.put(Map.of(), new HashMap<>());
            }
            Cube cube = tally.cube();
            int[] at = tally.room();
            for (int cell = 0; cell < cube.size(); cell++) {
                for (int column = 0; column < at.length; column++) {
                    at[column] = cube.coordinate(cell, column);
                }
                add(at, cube.amount(cell));
            }
        }

        /** Some codes get their numbers only while an event is applied. */
        boolean add(int[] at, long amount) {
            if (!slice.knows(at)) {
                slice = figures.slice(cut, counted);
            }
            if (!slice.holds(at)) {
                return false;
            }
            Map<String, String> place = whole ? Map.of() : figures.place(cut, counted, at);
            int element = tally.element() < 0 ? 0 : at[tally.element()];
            Map<Integer, Long> elements = places.computeIfAbsent(place, key -> new HashMap<>());
            if (elements.merge(element, amount, Long::sum) == 0) {
                elements.remove(element);
            }
            return true;
        }

        List<Cell> cells() {
            List<Cell> cells = new ArrayList<>();
            places.forEach((place, elements) -> {
                long at = tally.element() < 0
                        ? elements.getOrDefault(0, 0L)
                        : elements.values().stream().filter(times -> times > 0).count();
                if (whole || at != 0) {
                    cells.add(new Cell(place, at));
                }
            });
            return cells;
        }
    }
}
