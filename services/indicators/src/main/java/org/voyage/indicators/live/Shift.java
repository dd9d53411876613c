package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * By how much the cells of one figure would be otherwise.
 *
 * @param tally the figure, with nothing in its cells but that
 */
record Shift(Tally tally) {

    /** Of so many cells it is taken for granted that all fields move. */
    private static final int MOST = 5_000;

    /** Whether all cells stay as they are. */
    boolean isNothing() {
        return cells().findAny().isEmpty();
    }

    /** The fields by which its values would be otherwise: none where that shows only by several together. */
    Set<String> fields() {
        int width = tally.room().length - 1;
        IntStream columns = IntStream.range(0, width);
        return (cells().limit(MOST + 1L).count() > MOST ? columns : columns.filter(this::moves))
                .mapToObj(tally::field)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean moves(int column) {
        Map<List<Integer>, Long> sums = new HashMap<>();
        cells().forEach(cell -> sums.merge(by(column, cell), tally.cube().amount(cell), Long::sum));
        return sums.values().stream().anyMatch(sum -> sum != 0);
    }

    /** The code of the column, what is counted once, and the time. */
    private List<Integer> by(int column, int cell) {
        Cube cube = tally.cube();
        List<Integer> by = new ArrayList<>(List.of(cube.coordinate(cell, column), cube.time(cell)));
        if (tally.element() >= 0) {
            by.add(cube.coordinate(cell, tally.element()));
        }
        return by;
    }

    private IntStream cells() {
        return IntStream.range(0, tally.cube().size())
                .filter(cell -> tally.cube().amount(cell) != 0);
    }
}
