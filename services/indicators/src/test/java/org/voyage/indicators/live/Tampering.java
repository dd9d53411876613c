package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.List;

/** Does to the figures in memory what only a mistake or a broken machine would do. */
public final class Tampering {

    private Tampering() {}

    private record Cell(Tally tally, int[] at, long amount) {}

    /** Adds to the first cell of a figure that a fact stands in. */
    public static void add(LiveFigures live, String indicator, String key, long amount) {
        live.read(cut -> {
            Cell cell = cells(cut, cut.tally(indicator), key).getFirst();
            cell.tally().cube().add(cell.at(), amount);
            return cell;
        });
    }

    /** Counts a fact once more in every figure; with -1 once less. */
    public static void count(LiveFigures live, String record, String key, int sign) {
        live.read(cut -> {
            for (Tally tally : cut.tallies()) {
                if (tally.indicator().record().equals(record)) {
                    cells(cut, tally, key).forEach(cell -> tally.cube().add(cell.at(), sign * cell.amount()));
                }
            }
            return key;
        });
    }

    /** Adds to the first cell of the roll-up of a figure that was made last. */
    public static void rollUp(LiveFigures live, String indicator, long amount) {
        live.read(cut -> {
            Cells cells = cut.tally(indicator).cube().rollUps().kept().getLast().cells();
            int[] at = new int[cells.width()];
            for (int i = 0; i < at.length; i++) {
                at[i] = cells.coordinate(0, i);
            }
            cells.add(at, amount, 0);
            return cells;
        });
    }

    private static List<Cell> cells(Cut cut, Tally tally, String key) {
        List<Cell> cells = new ArrayList<>();
        cut.contributions(tally.indicator().code(), (its, version, at, amount) -> {
            if (its.equals(key)) {
                cells.add(new Cell(tally, at.clone(), amount));
            }
        });
        return cells;
    }
}
