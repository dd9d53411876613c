package org.voyage.indicators.cube;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sums of one figure by all of its coordinates and every time, or by fewer coordinates and coarser times: a roll-up.
 */
final class AggregateTable {

    private static final int NO_INDEX = -1;

    private final RollUpRequirement requirement;
    private final CellTable cells;
    /** The figure's column of each coordinate of this table. */
    private final int[] columns;
    /** The place of each column of the figure among the coordinates of this table. */
    private final int[] places;
    /** Buffer of the one thread that adds. */
    private final int[] scratch;

    private AggregateTable(RollUpRequirement need, CellTable cells, int[] columns, int[] places) {
        this.requirement = need;
        this.cells = cells;
        this.columns = columns;
        this.places = places;
        this.scratch = new int[columns.length + 1];
    }

    /** @param columns number of coordinates without the time */
    static AggregateTable finest(int columns, CellTable cells) {
        RollUpRequirement all = new RollUpRequirement(
                IntStream.range(0, columns).boxed().collect(Collectors.toSet()), TimeGrain.EACH_TIME);
        return forRequirement(all, columns, cells);
    }

    private static AggregateTable forRequirement(RollUpRequirement need, int all, CellTable cells) {
        int[] columns =
                need.columns().stream().mapToInt(Integer::intValue).sorted().toArray();
        int[] places = new int[all];
        Arrays.fill(places, NO_INDEX);
        for (int i = 0; i < columns.length; i++) {
            places[columns[i]] = i;
        }
        return new AggregateTable(need, cells, columns, places);
    }

    /** Returns a read-only copy of the current sums. The caller holds the read lock. */
    AggregateTable freeze() {
        return new AggregateTable(requirement, cells.freeze(), columns, places);
    }

    /** Returns the columns and the time grain of this table. */
    RollUpRequirement requirement() {
        return requirement;
    }

    CellTable cells() {
        return cells;
    }

    int size() {
        return cells.size();
    }

    /** Returns the figure's columns, in the order of this table's coordinates. */
    List<Integer> columns() {
        return Arrays.stream(columns).boxed().toList();
    }

    /** Returns the place of a column of the figure among this table's coordinates, or -1. */
    int placeOf(int column) {
        return places[column];
    }

    /**
     * Rolls the sums up to fewer columns or coarser times.
     *
     * @param less a requirement that this table meets
     * @return null when it would have more cells than {@code most}
     */
    @Nullable
    AggregateTable rollUp(RollUpRequirement less, int most) {
        AggregateTable rolledUp = forRequirement(
                less, places.length, CellTable.createRolledUp(less.columns().size() + 1));
        int[] from = Arrays.stream(rolledUp.columns).map(this::placeOf).toArray();
        int[] at = rolledUp.scratch;
        for (int cell = 0; cell < cells.size(); cell++) {
            int behind = cells.finerCells(cell);
            if (behind == 0) {
                continue;
            }
            for (int i = 0; i < from.length; i++) {
                at[i] = cells.coordinateOf(cell, from[i]);
            }
            at[from.length] = less.grain().of(cells.timeOf(cell));
            rolledUp.cells.addToRolledUp(at, cells.amountOf(cell), behind);
            if (rolledUp.size() > most) {
                return null;
            }
        }
        return rolledUp;
    }

    /**
     * Adds an amount that was added to a cell of the finest table.
     *
     * @param at all its coordinates
     * @param more change in the number of finest cells that are not 0
     */
    void addCell(int[] at, long amount, int more) {
        for (int i = 0; i < columns.length; i++) {
            scratch[i] = at[columns[i]];
        }
        scratch[columns.length] = requirement.grain().of(at[at.length - 1]);
        cells.addToRolledUp(scratch, amount, more);
    }
}
