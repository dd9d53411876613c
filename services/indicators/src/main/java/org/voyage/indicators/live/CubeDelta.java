package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.voyage.indicators.cube.Cube;

/**
 * By how much the cells of one figure would be otherwise.
 *
 * @param tally the figure, with nothing in its cells but that
 */
record CubeDelta(FigureAggregator tally) {

    /** Of so many cells it is taken for granted that all fields move. */
    private static final int MAX_EXAMINED_CELLS = 5_000;

    /** Whether all cells stay as they are. */
    boolean isEmpty() {
        return changedCells().findAny().isEmpty();
    }

    /** The fields by which its values would be otherwise: none where that shows only by several together. */
    Set<String> movedFields() {
        int width = tally.newCoordinates().length - 1;
        IntStream columns = IntStream.range(0, width);
        return (changedCells().limit(MAX_EXAMINED_CELLS + 1L).count() > MAX_EXAMINED_CELLS
                        ? columns
                        : columns.filter(this::movesColumn))
                .mapToObj(tally::fieldOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean movesColumn(int column) {
        Map<List<Integer>, Long> sums = new HashMap<>();
        changedCells()
                .forEach(cell -> sums.merge(keyOf(column, cell), tally.cube().amountOf(cell), Long::sum));
        return sums.values().stream().anyMatch(sum -> sum != 0);
    }

    /** The code of the column, what is counted once, and the time. */
    private List<Integer> keyOf(int column, int cell) {
        Cube cube = tally.cube();
        List<Integer> by = new ArrayList<>(List.of(cube.coordinateOf(cell, column), cube.timeOf(cell)));
        if (tally.element() >= 0) {
            by.add(cube.coordinateOf(cell, tally.element()));
        }
        return by;
    }

    private IntStream changedCells() {
        return IntStream.range(0, tally.cube().size())
                .filter(cell -> tally.cube().amountOf(cell) != 0);
    }
}
