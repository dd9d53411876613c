package org.voyage.indicators.feature.verification.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.feature.verification.recount.CellKey;
import org.voyage.indicators.feature.verification.recount.FigureRecount;
import org.voyage.indicators.feature.verification.recount.RecountPass;
import org.voyage.indicators.feature.verification.trace.DivergenceLocator.CellAmounts;

/**
 * Comparison of the live figures with both recounts, figure by figure. It covers every cell that is not empty in any of
 * the three.
 */
public final class CellComparison {

    private final FiguresSnapshot snapshot;
    private final int maxShown;
    private final List<DifferingCell> shownCells = new ArrayList<>();
    private final Set<String> figures = new HashSet<>();
    private long cells;
    private long facts;
    private long differing;

    public CellComparison(FiguresSnapshot frozen, int most) {
        this.snapshot = frozen;
        this.maxShown = most;
    }

    /** A differing cell of a figure. */
    public record DifferingCell(FigureRecount recount, CellAmounts cell) {}

    public void compareAll(
            List<FigureRecount> recounts, RecountPass.RecountResult evidence, RecountPass.RecountResult published) {
        facts += evidence.facts();
        for (FigureRecount recount : recounts) {
            String code = recount.indicator().code();
            if (!recount.columns().equals(snapshot.columnsOf(code))) {
                throw new IllegalStateException("the recount of " + code + " has other columns");
            }
            compareFigure(
                    recount,
                    snapshot.nonZeroCells(code),
                    evidence.cells().getOrDefault(code, Map.of()),
                    published.cells().getOrDefault(code, Map.of()));
        }
    }

    private void compareFigure(
            FigureRecount recount, Map<CellKey, Long> live, Map<CellKey, Long> evidence, Map<CellKey, Long> published) {
        Set<CellKey> all = new HashSet<>(live.keySet());
        all.addAll(evidence.keySet());
        all.addAll(published.keySet());
        cells += all.size();
        for (CellKey at : all) {
            CellAmounts cell = new CellAmounts(
                    at, live.getOrDefault(at, 0L), evidence.getOrDefault(at, 0L), published.getOrDefault(at, 0L));
            if (cell.live() != cell.evidence() || cell.live() != cell.published()) {
                differing++;
                if (cell.live() != cell.published()) {
                    figures.add(recount.indicator().code());
                }
                if (shownCells.size() < maxShown) {
                    shownCells.add(new DifferingCell(recount, cell));
                }
            }
        }
    }

    public long cells() {
        return cells;
    }

    public long facts() {
        return facts;
    }

    public long differingCellCount() {
        return differing;
    }

    /** Returns the figures with cells in which the live value differs from the published log. */
    public Set<String> figures() {
        return figures;
    }

    public List<DifferingCell> shown() {
        return shownCells;
    }
}
