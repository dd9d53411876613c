package org.voyage.indicators.live;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Delta of a cube: the hypothetical change of the cells of one figure.
 *
 * @param tally the figure, with only the change in its cells
 */
record CubeDelta(FigureAggregator tally) {

    /** With more cells than this, all fields are assumed to move. */
    private static final int MAX_EXAMINED_CELLS = 5_000;

    /** Returns whether no cell changes. */
    boolean isEmpty() {
        return changedCells().findAny().isEmpty();
    }

    /**
     * Returns the fields by which the values of the figure would change; empty where only several fields together show
     * the change.
     */
    Set<String> movedFields() {
        int width = tally.newCoordinates().length - 1;
        IntStream columns = IntStream.range(0, width);
        return (changedCells().limit(MAX_EXAMINED_CELLS + 1L).count() > MAX_EXAMINED_CELLS
                        ? columns
                        : columns.filter(this::movesColumn))
                .mapToObj(tally::fieldOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** An element is counted once at each code and time. */
    private boolean movesColumn(int column) {
        return tally.cube()
                .hasSums(tally.element() < 0 ? Set.of(column) : Set.copyOf(List.of(column, tally.element())));
    }

    private IntStream changedCells() {
        return IntStream.range(0, tally.cube().size())
                .filter(cell -> tally.cube().amountOf(cell) != 0);
    }
}
