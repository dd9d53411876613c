package org.voyage.indicators.cube;

import java.util.ArrayList;
import java.util.List;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;

/** Tampering with the figures in memory, to simulate a bug or a hardware fault. */
public final class LiveFigureTampering {

    private LiveFigureTampering() {}

    private record TamperedCell(FigureAggregator tally, int[] at, long amount) {}

    /** Adds to the first cell of a figure to which a fact contributes. */
    public static void addAmount(LiveFigures live, String indicator, String key, long amount) {
        live.readView(cut -> {
            TamperedCell cell = cellsOf(cut, cut.requireWhole(indicator), key).getFirst();
            cell.tally().cube().addToCell(cell.at(), amount);
            return cell;
        });
    }

    /** Counts a fact again in every figure; with -1 removes it once. */
    public static void countAgain(LiveFigures live, String record, String key, int sign) {
        live.readView(cut -> {
            for (FigureAggregator tally : cut.wholeFigures()) {
                if (tally.indicator().record().equals(record)) {
                    cellsOf(cut, tally, key).forEach(cell -> tally.cube().addToCell(cell.at(), sign * cell.amount()));
                }
            }
            return key;
        });
    }

    /** Adds to the first cell of the newest roll-up of a figure. */
    public static void addToRollUp(LiveFigures live, String indicator, long amount) {
        live.readView(cut -> {
            CellTable cells = cut.requireWhole(indicator)
                    .cube()
                    .rollUpCache()
                    .cached()
                    .getLast()
                    .cells();
            int[] at = new int[cells.width()];
            for (int i = 0; i < at.length; i++) {
                at[i] = cells.coordinateOf(0, i);
            }
            cells.addToRolledUp(at, amount, 0);
            return cells;
        });
    }

    private static List<TamperedCell> cellsOf(FiguresView cut, FigureAggregator tally, String key) {
        List<TamperedCell> cells = new ArrayList<>();
        cut.visitContributions(tally.indicator().code(), (its, version, at, amount) -> {
            if (its.equals(key)) {
                cells.add(new TamperedCell(tally, at.clone(), amount));
            }
        });
        return cells;
    }
}
