package org.voyage.indicators.cube;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The sums of one figure by all of its coordinates and each time, or by some and coarser times: a roll-up. */
final class AggregateTable {

    private static final int NO_PLACE = -1;

    private final RollUpRequirement requirement;
    private final CellTable cells;
    /** By place among the coordinates here: the figure's column. */
    private final int[] columns;
    /** By the figure's column: its place among the coordinates here. */
    private final int[] places;
    /** For the one thread that adds. */
    private final int[] scratch;

    private AggregateTable(RollUpRequirement need, CellTable cells, int[] columns, int[] places) {
        this.requirement = need;
        this.cells = cells;
        this.columns = columns;
        this.places = places;
        this.scratch = new int[columns.length + 1];
    }

    /** @param columns how many coordinates there are besides the time */
    static AggregateTable finest(int columns, CellTable cells) {
        RollUpRequirement all =
                new RollUpRequirement(IntStream.range(0, columns).boxed().collect(Collectors.toSet()), TimeGrain.EACH);
        return forRequirement(all, columns, cells);
    }

    private static AggregateTable forRequirement(RollUpRequirement need, int all, CellTable cells) {
        int[] columns =
                need.columns().stream().mapToInt(Integer::intValue).sorted().toArray();
        int[] places = new int[all];
        Arrays.fill(places, NO_PLACE);
        for (int i = 0; i < columns.length; i++) {
            places[columns[i]] = i;
        }
        return new AggregateTable(need, cells, columns, places);
    }

    /** The sums as they are now, to be read and never to be added to. By who holds the read lock. */
    AggregateTable freeze() {
        return new AggregateTable(requirement, cells.freeze(), columns, places);
    }

    /** By what these are. */
    RollUpRequirement requirement() {
        return requirement;
    }

    CellTable cells() {
        return cells;
    }

    int size() {
        return cells.size();
    }

    /** The figure's columns, by their place among the coordinates here. */
    List<Integer> columns() {
        return Arrays.stream(columns).boxed().toList();
    }

    /** Where a column of the figure stands here, if it does. */
    int placeOf(int column) {
        return places[column];
    }

    /**
     * The same sums by less.
     *
     * @param less what these meet
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
     * Adds what was added to a cell of the finest sums.
     *
     * @param at all its coordinates
     * @param more by how much there are more cells of the finest now that do not hold 0
     */
    void addCell(int[] at, long amount, int more) {
        for (int i = 0; i < columns.length; i++) {
            scratch[i] = at[columns[i]];
        }
        scratch[columns.length] = requirement.grain().of(at[at.length - 1]);
        cells.addToRolledUp(scratch, amount, more);
    }
}
