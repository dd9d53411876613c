package org.voyage.indicators.live;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The sums of one figure by all of its coordinates and each time, or by some and coarser times: a roll-up. */
final class Sums {

    private static final int MISSING = -1;

    private final Need need;
    private final Cells cells;
    /** By place among the coordinates here: the figure's column. */
    private final int[] columns;
    /** By the figure's column: its place among the coordinates here. */
    private final int[] places;
    /** For the one thread that adds. */
    private final int[] room;

    private Sums(Need need, Cells cells, int[] columns, int[] places) {
        this.need = need;
        this.cells = cells;
        this.columns = columns;
        this.places = places;
        this.room = new int[columns.length + 1];
    }

    /** @param columns how many coordinates there are besides the time */
    static Sums finest(int columns, Cells cells) {
        Need all = new Need(IntStream.range(0, columns).boxed().collect(Collectors.toSet()), Grain.EACH);
        return of(all, columns, cells);
    }

    private static Sums of(Need need, int all, Cells cells) {
        int[] columns =
                need.columns().stream().mapToInt(Integer::intValue).sorted().toArray();
        int[] places = new int[all];
        Arrays.fill(places, MISSING);
        for (int i = 0; i < columns.length; i++) {
            places[columns[i]] = i;
        }
        return new Sums(need, cells, columns, places);
    }

    /** The sums as they are now, to be read and never to be added to. By who holds the read lock. */
    Sums frozen() {
        return new Sums(need, cells.frozen(), columns, places);
    }

    /** By what these are. */
    Need need() {
        return need;
    }

    Cells cells() {
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
    int place(int column) {
        return places[column];
    }

    /**
     * The same sums by less.
     *
     * @param less what these meet
     * @return null when it would have more cells than {@code most}
     */
    @Nullable
    Sums rolledUp(Need less, int most) {
        Sums rolledUp = of(less, places.length, Cells.rolledUp(less.columns().size() + 1));
        int[] from = Arrays.stream(rolledUp.columns).map(this::place).toArray();
        int[] at = rolledUp.room;
        for (int cell = 0; cell < cells.size(); cell++) {
            int behind = cells.behind(cell);
            if (behind == 0) {
                continue;
            }
            for (int i = 0; i < from.length; i++) {
                at[i] = cells.coordinate(cell, from[i]);
            }
            at[from.length] = less.grain().of(cells.time(cell));
            rolledUp.cells.add(at, cells.amount(cell), behind);
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
    void add(int[] at, long amount, int more) {
        for (int i = 0; i < columns.length; i++) {
            room[i] = at[columns[i]];
        }
        room[columns.length] = need.grain().of(at[at.length - 1]);
        cells.add(room, amount, more);
    }
}
