package org.voyage.indicators.cube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CubeTest {

    private static final int CELLS = 64;

    /** So many cells are added that empty cells are reused and the table grows. */
    @Test
    void what_is_frozen_stays_whatever_is_added_afterwards() {
        Cube cube = new Cube(2);
        addCells(cube, 0, CELLS, 1);
        addCells(cube, 0, CELLS / 2, -1);
        Map<Integer, Long> before = cellsByCode(cube);
        Cube frozen = cube.freeze();

        addCells(cube, CELLS / 2, CELLS, 1);
        assertThat(cellsByCode(frozen)).as("after more in the same cells").isEqualTo(before);
        addCells(cube, CELLS, 4 * CELLS, 1);

        assertThat(cellsByCode(frozen)).as("after more cells").isEqualTo(before);
        assertThat(cellsByCode(cube)).hasSize(4 * CELLS - CELLS / 2).containsEntry(CELLS - 1, 2L);
    }

    @Test
    void a_delta_is_read_with_the_cells_and_leaves_them_unchanged() {
        Cube cube = new Cube(2);
        addCells(cube, 0, 2, 1);
        Cube more = new Cube(2);
        addCells(more, 1, 3, 1);

        assertThat(cube.freeze().withDelta(more).tables())
                .extracting(CellTable::size)
                .containsExactly(2, 2);
        assertThat(cube.tables()).extracting(CellTable::size).containsExactly(2);
    }

    private static void addCells(Cube cube, int from, int to, long amount) {
        for (int code = from; code < to; code++) {
            cube.addToCell(new int[] {code, 2020}, amount);
        }
    }

    /** Returns the amounts by code. */
    private static Map<Integer, Long> cellsByCode(Cube cube) {
        Map<Integer, Long> cells = new TreeMap<>();
        for (int cell = 0; cell < cube.size(); cell++) {
            if (cube.amountOf(cell) != 0) {
                cells.put(cube.coordinateOf(cell, 0), cube.amountOf(cell));
            }
        }
        return cells;
    }
}
