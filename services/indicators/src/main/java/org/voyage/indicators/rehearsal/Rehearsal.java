package org.voyage.indicators.rehearsal;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Sights;
import org.voyage.kit.problem.Refusal;

/**
 * Counts a figure by two definitions from the evidence of one moment, one after the other, so that only one of them is in
 * memory. What serves is not touched.
 */
@ApplicationScoped
class Rehearsal {

    private static final Comparator<Map<String, String>> IN_ORDER =
            Comparator.comparing(at -> String.join("\u0000", at.values()));

    private final KnownFigures known;
    private final Sights sights;
    private final LiveFigures live;
    private final int maxFacts;

    Rehearsal(KnownFigures known, Sights sights, LiveFigures live, IndicatorsConfig config) {
        this.known = known;
        this.sights = sights;
        this.live = live;
        this.maxFacts = config.rehearsal().maxFacts();
    }

    /**
     * A place where at least one of the two has a value.
     *
     * @param active as it is shown; null where there is none
     */
    record Row(
            Map<String, String> at,
            @Nullable BigDecimal active,
            @Nullable BigDecimal candidate,
            boolean differs) {

        /** Candidate minus active; null when either has no value. */
        @Nullable
        BigDecimal difference() {
            return active == null || candidate == null ? null : candidate.subtract(active);
        }
    }

    /** @param offsets per topic and partition the offset of the first event that is not counted */
    record Compared(String period, Map<String, Map<String, Long>> offsets, List<Row> rows) {}

    /**
     * @param active empty when no figure of this code serves yet
     * @throws Refusal.Conflict when the records are too many to be held a second time
     * @throws Refusal.Malformed when the answer would have too many values
     */
    Compared run(Optional<Side> active, Side candidate, Horizon horizon) {
        active.ifPresent(side -> check(side.figure()));
        check(candidate.figure());
        Counted before = active.map(side -> count(side, horizon)).orElse(Counted.NOTHING);
        Counted after = count(candidate, horizon);
        TreeSet<Map<String, String>> places = new TreeSet<>(IN_ORDER);
        places.addAll(before.cells().keySet());
        places.addAll(after.cells().keySet());
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> at : places) {
            Cell old = before.at(at);
            Cell fresh = after.at(at);
            rows.add(new Row(at, shown(old), shown(fresh), differ(old, fresh)));
        }
        Counted told = candidate.query().isEmpty() ? before : after;
        return new Compared(told.period(), told.offsets(), rows);
    }

    /** @param zero whether there is a value of 0 where no cell is */
    private record Counted(
            String period, Map<String, Map<String, Long>> offsets, Map<Map<String, String>, Cell> cells, boolean zero) {

        static final Counted NOTHING = new Counted("", Map.of(), Map.of(), false);

        @Nullable
        Cell at(Map<String, String> at) {
            Cell cell = cells.get(at);
            return cell == null && zero ? new Cell(at, 0) : cell;
        }
    }

    private Counted count(Side side, Horizon horizon) {
        if (side.query().isEmpty()) {
            return Counted.NOTHING;
        }
        FigureQuery query = side.query().get();
        Figures figures = sights.figuresOn(horizon);
        return known.apart(side.figure(), horizon).read(cut -> {
            List<Cell> cells = figures.cells(cut, query, Optional.empty());
            return new Counted(
                    figures.periodText(query, cells),
                    cut.positions().offsets(),
                    Side.byPlace(cells),
                    side.figure().isCount());
        });
    }

    private void check(Figure figure) {
        Map<String, Integer> sizes = live.facts();
        long facts = figure.records().stream()
                .mapToLong(record -> sizes.getOrDefault(record, 0))
                .sum();
        if (facts > maxFacts) {
            throw new Refusal.Conflict(
                    "The figure is made of " + facts + " records; at most " + maxFacts + " are rehearsed.",
                    "该指标由 " + facts + " 条记录计算，试算最多支持 " + maxFacts + " 条。");
        }
    }

    private static @Nullable BigDecimal shown(@Nullable Cell cell) {
        return cell == null ? null : cell.shown();
    }

    private static boolean differ(@Nullable Cell active, @Nullable Cell candidate) {
        BigDecimal one = active == null ? null : active.exact();
        BigDecimal other = candidate == null ? null : candidate.exact();
        return one == null ? other != null : other == null || one.compareTo(other) != 0;
    }
}
