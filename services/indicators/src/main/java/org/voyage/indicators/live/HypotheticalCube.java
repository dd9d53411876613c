package org.voyage.indicators.live;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.voyage.indicators.cube.Cube;

/**
 * Hypothetical cube of a figure that would change.
 *
 * @param movedFields the fields by which the values of the figure would change; empty where only several fields together
 *     show the change
 */
record HypotheticalCube(Cube cube, Set<String> movedFields) {

    /** With more changed cells than this, all fields are assumed to move. */
    private static final int MAX_EXAMINED_CELLS = 5_000;

    /**
     * Returns the cube with a change on top.
     *
     * @param delta the figure, with only the change in its cells
     * @return empty when no cell changes
     */
    static Optional<HypotheticalCube> ofDelta(FigureAggregator now, FigureAggregator delta) {
        return findMovedFields(delta)
                .map(fields -> new HypotheticalCube(now.cube().withDelta(delta.cube()), fields));
    }

    /**
     * Returns the cube of a figure that was counted from all hypothetical facts.
     *
     * @param empty returns the same figure with empty cells
     * @return empty when no cell changes
     */
    static Optional<HypotheticalCube> ofRecount(
            FigureAggregator now, FigureAggregator then, UnaryOperator<FigureAggregator> empty) {
        Optional<Set<String>> fields;
        if (now.cube().countCells() - then.cube().countCells() > MAX_EXAMINED_CELLS) {
            fields = Optional.of(namesOf(now, allColumns(now)));
        } else {
            FigureAggregator delta = empty.apply(now);
            addCells(delta.cube(), now, -1);
            addCells(delta.cube(), then, 1);
            fields = findMovedFields(delta);
        }
        return fields.map(moved -> new HypotheticalCube(now.cube().replaceWith(then.cube()), moved));
    }

    private static void addCells(Cube sums, FigureAggregator figure, int sign) {
        Cube cube = figure.cube();
        int[] at = figure.newCoordinates();
        for (int cell = 0; cell < cube.size(); cell++) {
            for (int column = 0; column < at.length; column++) {
                at[column] = cube.coordinateOf(cell, column);
            }
            sums.addToCell(at, sign * cube.amountOf(cell));
        }
    }

    /** Returns the fields by which the values of a figure change; empty when no cell changes. */
    private static Optional<Set<String>> findMovedFields(FigureAggregator delta) {
        long changed = delta.cube().countCells();
        if (changed == 0) {
            return Optional.empty();
        }
        return Optional.of(namesOf(
                delta,
                changed > MAX_EXAMINED_CELLS
                        ? allColumns(delta)
                        : allColumns(delta).filter(column -> movesColumn(delta, column))));
    }

    private static IntStream allColumns(FigureAggregator figure) {
        return IntStream.range(0, figure.newCoordinates().length - 1);
    }

    private static Set<String> namesOf(FigureAggregator figure, IntStream columns) {
        return columns.mapToObj(figure::fieldOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** An element is counted once at each code and time. */
    private static boolean movesColumn(FigureAggregator delta, int column) {
        return delta.cube().hasSums(delta.element() < 0 ? new int[] {column} : new int[] {column, delta.element()});
    }
}
