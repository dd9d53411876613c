package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CubeTest {

    private static final int CELLS = 64;

    /** Among them so many that cells which came to hold nothing give way to others, and that room is made. */
    @Test
    void what_is_frozen_stays_whatever_is_added_afterwards() {
        Cube cube = new Cube(2, RollUps.Limits.NEVER);
        add(cube, 0, CELLS, 1);
        add(cube, 0, CELLS / 2, -1);
        Map<Integer, Long> before = cells(cube);
        Cube frozen = cube.frozen(RollUps.Limits.NEVER);

        add(cube, CELLS / 2, CELLS, 1);
        assertThat(cells(frozen)).as("after more in the same cells").isEqualTo(before);
        add(cube, CELLS, 4 * CELLS, 1);

        assertThat(cells(frozen)).as("after more cells").isEqualTo(before);
        assertThat(cells(cube)).hasSize(4 * CELLS - CELLS / 2).containsEntry(CELLS - 1, 2L);
    }

    @Test
    void what_would_be_added_stands_beside_the_cells_and_leaves_them() {
        Cube cube = new Cube(2, RollUps.Limits.NEVER);
        add(cube, 0, 2, 1);
        Cube more = new Cube(2, RollUps.Limits.NEVER);
        add(more, 1, 3, 1);
        Need all = cube.rollUps().finest().need();

        assertThat(cube.frozen(RollUps.Limits.NEVER).with(more).answering(all))
                .extracting(Sums::size)
                .containsExactly(2, 2);
        assertThat(cube.answering(all)).extracting(Sums::size).containsExactly(2);
    }

    private static void add(Cube cube, int from, int to, long amount) {
        for (int code = from; code < to; code++) {
            cube.add(new int[] {code, 2020}, amount);
        }
    }

    /** By code. */
    private static Map<Integer, Long> cells(Cube cube) {
        Map<Integer, Long> cells = new TreeMap<>();
        for (int cell = 0; cell < cube.size(); cell++) {
            if (cube.amount(cell) != 0) {
                cells.put(cube.coordinate(cell, 0), cube.amount(cell));
            }
        }
        return cells;
    }
}
