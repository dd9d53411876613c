package org.voyage.indicators.proof;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.proof.Narrowing.Differing;

/** Compares what was live with both recounts, figure by figure, every cell that holds something by any of the three. */
final class Comparison {

    private final Frozen frozen;
    private final int most;
    private final List<Unlike> shown = new ArrayList<>();
    private final Set<String> figures = new HashSet<>();
    private long cells;
    private long facts;
    private long differing;

    Comparison(Frozen frozen, int most) {
        this.frozen = frozen;
        this.most = most;
    }

    /** A differing cell of a figure. */
    record Unlike(Recount recount, Differing cell) {}

    void compare(List<Recount> recounts, Road.Counted evidence, Road.Counted published) {
        facts += evidence.facts();
        for (Recount recount : recounts) {
            String code = recount.indicator().code();
            if (!recount.columns().equals(frozen.columns(code))) {
                throw new IllegalStateException("the recount of " + code + " has other columns");
            }
            compare(
                    recount,
                    frozen.cells(code),
                    evidence.cells().getOrDefault(code, Map.of()),
                    published.cells().getOrDefault(code, Map.of()));
        }
    }

    private void compare(Recount recount, Map<At, Long> live, Map<At, Long> evidence, Map<At, Long> published) {
        Set<At> all = new HashSet<>(live.keySet());
        all.addAll(evidence.keySet());
        all.addAll(published.keySet());
        cells += all.size();
        for (At at : all) {
            Differing cell = new Differing(
                    at, live.getOrDefault(at, 0L), evidence.getOrDefault(at, 0L), published.getOrDefault(at, 0L));
            if (cell.live() != cell.evidence() || cell.live() != cell.published()) {
                differing++;
                if (cell.live() != cell.published()) {
                    figures.add(recount.indicator().code());
                }
                if (shown.size() < most) {
                    shown.add(new Unlike(recount, cell));
                }
            }
        }
    }

    long cells() {
        return cells;
    }

    long facts() {
        return facts;
    }

    long differing() {
        return differing;
    }

    /** The figures of those cells in which the live ones are not what was published. */
    Set<String> figures() {
        return figures;
    }

    List<Unlike> shown() {
        return shown;
    }
}
