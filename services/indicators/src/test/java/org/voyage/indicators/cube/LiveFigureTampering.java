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
        live.readView(view -> {
            TamperedCell cell = cellsOf(view, view.requireWhole(indicator), key).getFirst();
            cell.tally().cube().addToCell(cell.at(), amount);
            return cell;
        });
    }

    /** Counts a fact again in every figure; with -1 removes it once. */
    public static void countAgain(LiveFigures live, String record, String key, int sign) {
        live.readView(view -> {
            for (FigureAggregator aggregator : view.completeFigures()) {
                if (aggregator.indicator().record().equals(record)) {
                    cellsOf(view, aggregator, key)
                            .forEach(cell -> aggregator.cube().addToCell(cell.at(), sign * cell.amount()));
                }
            }
            return key;
        });
    }

    private static List<TamperedCell> cellsOf(FiguresView view, FigureAggregator aggregator, String key) {
        List<TamperedCell> cells = new ArrayList<>();
        view.visitContributions(aggregator.indicator().code(), (its, version, at, amount) -> {
            if (its.equals(key)) {
                cells.add(new TamperedCell(aggregator, at.clone(), amount));
            }
        });
        return cells;
    }
}
